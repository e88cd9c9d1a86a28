//! Portuguese.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        no = nao|n|nunca|jamais|nem|num|ninguem|naum
        want = quero|queria|quiria|qro|kero|qero|qeru|keru|queru|vontade|penso|pensando|pensei|pensado|vou|tentei|tento|tentar|planejo|planejando|prefiro|preferia|preciso|decidi|desejo|gostaria|deveria|devia|ideia|pensamentos|to_a_fim|tomara|considerando|melhor|so
        rel = mae|mamae|pai|papai|esposa|esposo|marido|mulher|filho|filha|filhinho|irmao|irma|avo|vo|vovo|tia|tio|primo|prima|amigo|amiga|namorado|namorada|parceiro|cachorro|cachorrinho|cachorra|cadela|cao|gato|gata|gatinho|bebe|sogra|sogro|sobrinho|sobrinha|cavalo|melhor_amigo|melhor_amiga|noivo|noiva|pet|neto
        harmer = namorado|marido|esposo|ex|pai|padrasto|parceiro|tio|irmao|namorada|esposa|mae|ele|ela|chefe|vizinho|homem|cara|alguem|professor|avo|companheiro|primo
        teen = nove|dez|onze|doze|treze|catorze|quatorze|quinze|dezesseis|dezasseis|dezessete|dezassete
        age = #|%teen
        money = dinheiro|grana|pix|valor|pagamento|reais|euros|din|bufunfa
        adv = so|apenas|quase|tipo|ja|na_verdade|realmente|ainda|uns|somente|acabei_de_fazer
        pills = comprimidos|comprimido|remedios|remedio|pilulas|faca|gilete|lamina|corda|arma|frasco|cartela|veneno
        front = na_minha_frente|aqui_na_frente|na_mao|na_minha_mao|do_meu_lado|ao_meu_lado|em_cima_da_mesa|na_mesa|na_cama|a_minha_frente|separados|prontos|pronta|preparada
        story = musica|letra|filme|serie|livro|novela|episodio|capitulo|documentario|podcast|jogo|anime|manga|temporada|personagem|album|som|fanfic|peca
        news = jornal|noticia|noticias|reportagem|materia|artigo|li_que|vi_que|ouvi_que|documentario|podcast|tv|vizinha|vizinho|telejornal
        grim = suicid*|morr*|mort*|mata|mato|matar*|matou|viver_sem|sei_viver|golpe*|fraude|estupr*|chantage*|sequestr*|funeral|enterro|persegu*|overdose|despej*|assassin*|roub*|bate|abus*|adeus|enganad*
    ",
    self_harm: "
        cicatrizes|marcas|cortes ~5 cort*|automutil*|gilete|lamina
        medo ~4 fazer|faca|posso_fazer ~2 comigo|besteira|merda|loucura
        fazer ~1 uma|alguma ~0 besteira|loucura ~1 comigo|hoje|$ !no_cabelo
        comprei|comprar|consegui|tenho|preparei ~2 corda|arma|veneno|gilete|lamina ~1 !<violao
        minha ultima? ultimo? natal|aniversario|semana|verao
        meu ultimo natal|aniversario|verao|ano
        so|sempre|dia_todo|unicamente ~2 penso|pensar|pensando ~2 em ~1 morrer|morte|me_matar
        nao|n ~1 estar|ser|existir|viver|continuar|ficar ~2 nesse_mundo|neste_mundo|desse_mundo|nessa_vida|nesta_terra
        coxas|bracos|pulsos|pernas ~3 cortad*|cortes|cicatrizes|sangr*|marcas
        quero|queria|vontade|vou ~3 ir|estar|ficar|encontrar|voar ~2 ceu|pro_ceu|outro_lado|com_deus
        nao|n ~1 consigo|aguento|quero ~2 mais? ~0 fingir|fingindo|disfarcar
        semana|amanha|mes|natal|logo|proxima|vem ~2 nao|n|ja_nao ~1 vou|estarei|existo|to ~1 mais? ~0 estar|aqui|$|mais|viv*
        nao_vou_estar|nao_estarei|nao_vou_mais_estar|n_vou_estar ~1 aqui|viv*
        jeito|forma|maneira|metodo ~3 facil|rapido|rapida|indolor|melhor ~3 ir|morrer|acabar|sumir|partir|embora
        %pills ~4 %front
        escrevi|escrito|escrevendo|deixei|terminei ~2 cartas|testamento ~2 $|ja|todos|familia|mae|filhos
        cartas|carta|bilhete ~2 escritas|escrita|prontas|pronta|prontos
        nada|nao|n ~1 tem|faz|vejo|ha|acho ~1 mais? ~0 sentido|proposito|razao|porque ~1 $|nada|mais|vida|viver|pra_mim !<esse|filme
        ultima|ultimo ~1 mensagem|noite|dia|vez_que_falo|msg|texto|adeus ~1 $|pra|todos|aqui|minha|antes|da_minha_vida
        hoje|essa_noite|finalmente|logo|amanha|enfim ~2 vou|eu|tudo? ~2 descansar|acabo|acabar|dormir|paz|acaba|termina ~3 sempre|em_paz|essa_dor|tudo|sofrimento|dor
        acabo|acabar|acabando|terminar ~1 com ~1 essa_dor|minha_dor|esse_sofrimento|meu_sofrimento|isso_tudo|tudo_isso|tudo_hoje
        felizes|melhor|feliz|aliviad* ~2 sem_mim|se_eu ~3
        peso|fardo|estorvo ~2 pra|para|na_vida ~1 todos|minha_familia|meus_pais|todo_mundo|eles|familia
        sou|sinto ~3 fardo|estorvo|peso_morto|peso_pra
        vozes|voz|cabeca|mente ~4 manda*|dize*|fala*|grita* ~4 morr*|mat*|cort*|pul*|machuc*
        pular|jogar|deitar|entrar|atirar ~3 na_frente|trem|metro|onibus|caminhao|trilho*|ponte|viaduto|predio|sacada|janela
        to|estou|parado|parada|subi|sentad* ~2 ponte|viaduto|telhado|terraco|sacada|beirada|parapeito|trilhos
        nao|n ~1 aguento|consigo|suporto|quero ~1 mais|+ ~1 $|viver|essa_vida|existir|continuar|a_vida|essa_dor|acordar !<esse_calor
        nao_quero|n_quero|queria_nao ~1 mais? ~1 existir|estar_aqui|viver|acordar|estar_viv*|continuar_viv*
        ninguem ~2 sentir*|notar*|liga*|importa*|chorar*|perceber* ~6
        tentei|tentar ~2 me_matar|suicid*|acabar_com|tirar_minha_vida
        tomar|tomei|beber|bebi|engolir ~2 veneno|chumbinho|raticida|agua_sanitaria|soda_caustica
        dormir ~2 pra_sempre|para_sempre|eternamente
        tentei|penso|pensei|pensando|vou|quero|quase ~3 me_enforcar|me_matar|me_jogar|me_cortar|me_atirar|tirar_minha_vida|me_suicidar|sumir_de_vez|me_dar_um_tiro !no_sofa|de_rir|na_piscina
        nao ~1 vejo|tem|ha|encontro ~2 saida|futuro|motivo*|razao ~3 vida|viver|seguir|$
        prefiro_morrer|preferia_morrer|preferia_estar_mort*|quero_deixar_de_existir|quero_parar_de_existir|nao_deveria_ter_nascido|nao_presto_pra_nada_quero|odeio_minha_vida|odeio_viver|acabar_com_meu_sofrimento|nao_quero_acordar|voltei_a_me_cortar|bilhete_de_suicidio|carta_de_despedida|me_cortei_de_novo|quero_morrer
        suicid*|suissid*|sucid*
        vou|vo|v|quero|qro|kero|qero me|mi mata|matar|matah !de|com|rindo
        me_matar|mi_matar|mim_matar|matar_me|me_enforcar|enforcar_me|me_suicidar|suicidar_me|me_autolesionar|automutil*|autolesa*|me_cortar_os_pulsos|me_desviver !de_rir|de_trabalhar|de_estudar|de_treinar|se|na_academia|estudando
        tirar|acabar|terminar|por_fim|tirando|dar_fim|dar_cabo|acabando|tirei ~2 minha_vida|minha_propria_vida|a_vida|na_minha_vida|de_mim|comigo_mesmo|a_minha_vida
        vou|quero|pensando|penso|vontade|hoje|decidi ~2 acabar|terminar ~1 com ~1 tudo|isso_tudo|sofrimento|dor
        %want ~3 morrer|morre|morer|more_logo|morto|morta|estar_morto|estar_morta|nao_existir|deixar_de_existir|nunca_ter_nascido|nao_ter_nascido|parar_de_existir|parar_de_viver|morrer !de|por|contigo
        %no ~2 quero|aguento|consigo|vontade|mereco|vale|suporto|tenho|queria|motivo*|razao ~3 viver|vivendo|existir|estar_vivo|estar_viva|essa_vida|esta_vida|seguir_vivendo|continuar_vivendo|viva !sem|em|com|perto|la|aqui_perto
        %no ~2 quero|queria ~1 estar|ficar ~1 aqui|nesse_mundo|neste_mundo ~1 mais
        sem ~2 vontade|motivo*|razao|animo ~1 de|para|pra ~1 viver|continuar_vivendo
        perdi ~2 vontade|razao ~1 de ~1 viver
        %no ~3 sentido ~3 vida|viver|existir|continuar|nada
        vida ~2 nao ~1 tem|vale|faz ~2 sentido|pena|nada|proposito|valor
        pra_que|para_que|por_que ~1 viver|continuar_vivendo|ainda_to_vivo|ainda_to_viva
        melhor|felizes|alivio|aliviados ~2 sem_mim|se_eu_morresse|se_eu_sumisse|se_eu_nao_existisse|morto|morta
        ninguem ~3 falta|notar*|importa*|ligar*|chorar*|perceber*|sentir* ~7 sumisse|morresse|sumir|morrer|fosse|partisse|falta|$
        quero|queria|vontade|vou ~1 sumir|desaparecer|deixar_de_existir ~2 mundo|sempre|vida|vez|$ !de_casa|pra_praia|no_mato
        dormir ~4 nunca|nao|sem ~2 acordar
        nunca_mais|nao|nunca ~2 acordar|acordasse|acorde ~2 mais|amanha|$
        jogar|atirar|pular|tacar|jogo|atiro|pulo ~3 ponte|predio|janela|sacada|trem|varanda|telhado|metro|trilhos|viaduto|penhasco|comboio
        remedios|comprimidos|remedio|medicamentos|pilulas ~12 tomar*|tomo|engolir ~2 todos|tudo|de_uma|todas
        tomar|tomei|engoli|tomo ~4 todos|muitos|cartela|frasco|caixa|monte|varios ~4 remedios|comprimidos|remedio|medicamentos
        quantos comprimidos|remedios ~6 morrer|matar
        overdose ~1
        me_cortar|me_cortei|me_corto|me_cortando|cortei_me|corto_me|cortando_me|cortar_me ~3 ontem|bracos|braco|pulso*|pulsos|pernas|coxa*|de_novo|quando|hoje|pele|pra_sentir|outra_vez|$ !cabelo|dedo|fazendo|cozinhando|barba|unhas|o_cabelo|o_dedo
        cortei|cortar|cortando|corto ~2 pulso*|pulsos|veias|bracos !<carne
        me_machucar|me_ferir|fazer_mal_a_mim|me_queimar|me_bater ~2 de_proposito|de_novo|hoje|$
        carta|bilhete ~1 de ~1 despedida|suicid*
        escrevi|deixei|escrevendo|deixo ~2 carta|bilhete ~3 despedida|adeus|familia|todos|todo_mundo
        adeus|despedida|tchau ~6 ultima|ultimo|nao_estarei|nunca_mais|mundo|pra_sempre|para_sempre
        amanha|ja ~1 nao_estarei|nao_vou_estar|nao_vou_ta ~2 aqui|mais|viva|vivo|$
        cansado|cansada|cansei|farto|farta|exausto ~1 de|da ~1 viver|vida|existir|minha_vida|estar_vivo
        odeio ~1 viver|estar_vivo|existir|estar_viva
        forma|jeito|maneira|metodo|modo ~4 indolor|rapido|rapida|sem_dor|menos_dolor*|facil ~3 morrer|matar
        como ~1 morrer|me_matar ~3 sem|rapido|dor
        unica ~1 saida|solucao|opcao ~3 morrer|morte|matar|suicid*
        unica ~1 saida|solucao e_morrer
        morte|matar|morrer ~2 unica|melhor|solucao|saida
        amigo|amiga|irmao|irma|namorado|namorada|filho|filha|mae|pai|ele|ela|prima ~2 quer|tentou|ameaca|fala|vai|disse|ta ~5 se_matar|suicidar|se_cortar|se_enforcar|tirar_a_vida|tirar_a_propria
        nao ~1 devia|deveria|mereco ~1 ter_nascido|existir|viver|estar_vivo|estar_viva
        tomara|queria|preferia ~3 nao_existisse|ter_nascido|ter_morrido|estar_morto|morrer_logo|nao_acordar|nao_acorde|nunca_ter_nascido
        desisti|desisto|desistir ~2 vida|viver|de_tudo
        pular_da_ponte|dar_um_tiro_na_cabeca|dar_um_tiro_em_mim|tiro_na_cabeca|me_dar_um_tiro
        nao_aguento_mais ~5 viver|vida|morrer|sofrer|adeus
    ",
    crisis: "
        invadiu|invadiram|arrombou|arrombaram|entrou|entraram ~2 minha|aqui|na ~1 casa|apartamento|minha
        %rel ~4 batendo|bate|espancando|bateu|espancou|agredindo ~2 em|na|no|minha|meu|mae
        se ~2 eu? ~1 largar|deixar|for_embora|sair|contar|denunciar|terminar|separar ~6 mata|matar|bate|machuca ~2
        mata|matar ~2 as_criancas|meus_filhos|eu_e|e_mata|os_filhos
        me segue|seguem|persegue|vigia|seguindo ~3 todo|desde|ate|em_casa|na_rua|sempre !insta*|de_volta|no
        tomei|engoli|tomou|engoliu ~2 ## ~2 comprimido*|paracetamol|dipirona*|remedio*|rivotril|pilula*|ibuprofeno|dorflex
        entra|vem|entrava|aparece ~2 no|na|meu|minha ~1 meu|minha|quarto|cama ~1 quarto|cama|de|a|toda ~2 noite|quando|bebado|madrugada
        entra|vem no_meu_quarto|na_minha_cama
        ameac* ~2 de? morte
        sabe|sabem onde eu? moro|trabalho|estudo
        trancou|prendeu|trancada|trancado ~1 me? ~1 no|em|na|aqui|dentro
        levantou|levanta|ergueu|botou|colocou ~1 a? ~1 mao|maos ~3
        me ~2 agarrou|apertou|pegou|puxou|segurou|enforcou|jogou|empurrou|arrastou|chutou|socou|bateu|esganou ~2 pescoco|garganta|cabelo|braco|escada|parede|chao|novo|cara|ontem|denovo
        tem|tao|ta|pegou|hackeou|gravou|roubou|conseguiu ~3 nudes|fotos|videos|pack ~8 dinheiro|grana|manda*|posta*|pix|vaza*|espalha*|familia|divulga*|pagar|ameac*
        senao|se_eu_nao_pagar|se_nao_pagar|ou ~2 vai? ~1 manda*|posta*|vaza*|espalha*|divulga*|mostra* ~4 familia|fotos|nudes|todo_mundo|pais|mae|amigos|esposa
        tomou|engoliu|bebeu ~6 nao|n ~1 acorda|responde|reage|respira|acordou
        la_fora|porta|janela|portao ~4 medo|faca|arrombar|batendo|chutando|policia|entrar
        tentando|quer|querendo ~2 entrar|arrombar|invadir ~2 casa|porta
        %harmer ~2 abusa|abusou|abusava|abusaram ~1 de ~0 mim
        abusa|abusou|abusaram|abusava de_mim
        %harmer ~3 me|mim ~1 bate|bateu|espanca|espancou|agride|agrediu|ameaca|ameacou|estupra|estuprou|abusa|abusou|machuca|machucou|chuta|enforca|enforcou|empurra|empurrou|queimou|trancou|tranca|toca|tocou|persegue|violenta|violou|obriga|esfaqueou|estrangulou|maltrata !no_jogo|no_coracao|a_alma|no_xadrez
        bate|bateu|batendo em_mim
        fui|foi|ser|sido|quase ~1 estuprada|estuprado|violada|violado|abusada|abusado|agredida|agredido|espancada|sequestrada|assaltada|esfaqueada|molestada|drogada|assediada
        me ~1 estupraram|estuprou|violaram|abusaram|sequestraram|assaltaram|esfaquearam|drogaram|espancaram|agrediram
        estupro|abuso_sexual|violencia_domestica|cativeiro|relacionamento_abusivo !<filme|serie
        cara|homem|alguem|ex|carro|gente|tem ~3 seguindo|perseguindo|segue|persegue ~3 medo|rua|casa|noite|to|estou|$ !insta*|no_insta
        perseguindo|stalkeando|seguindo ~4 medo|rua|casa|noite
        disse|diz|fala|falou|ameaca|ameacou|jurou|dizendo|ameacando ~5 matar|estuprar|bater|machucar|quebrar|queimar
        vai|vao|quer|tentou|tentando me matar|estuprar|sequestrar|bater|esfaquear ~3 se|ajuda|socorro|$ !kk*|rsrs|haha*|de_rir|minha_namorada|minha_mulher
        nao ~1 consigo|to_conseguindo|posso respirar ~6 peito|dor|doendo|ajuda|morrendo|ambulancia|socorro
        dor|doendo|aperto|pontada ~3 peito
        peito ~3 doendo|dor
        acho|tendo|tive|parece|sofrendo|teve|to_tendo ~4 infarto|enfarte|ataque_cardiaco|avc|derrame|convulsao
        preciso|chama*|chamem|manda|liga|ligue|urgente ~3 ambulancia|policia|samu|190|192|112|hospital|emergencia|bombeiros
        chantag*|extorsa*|extorqu*|sextors*
        ameac*|vazar|divulgar|postar|espalhar|vazou|publicar ~3 meus|minhas ~1 nudes|fotos|videos
        muito|tanto|tem|perdendo|vomitando|monte ~1 sangue !<tipo
        sangrando ~3 muito|parar|para|cabeca
        hemorragia
        nao ~1 acorda|respira|reage|responde ~1 $|ajuda|o_que_faco|socorro
        desmaiou|desmaiado|inconsciente|convulsionando ~5 ajuda|chao|faco|respira|socorro
        faca|arma|revolver|facao ~6 me|casa|porta|ameac*
        com|tem|puxou ~1 uma? ~0 faca|arma|revolver|facao
        me|nao ~1 trancou|deixa|prendeu|trancada|deixam ~2 em_casa|sair|quarto|chave|ir_embora
        medo ~2 do|de|da|que ~1 meu_marido|meu_namorado|meu_ex|meu_pai|meu_padrasto|morrer_nas|ele_me|me_mate
        estou|to|estamos|corro em? perigo|risco_de_vida
        corro_perigo|olho_roxo|hematomas|costela_quebrada|invadiram_minha_casa
        se_mata|te_mata|se_mate|vai_se_matar|morre_desgraca*|espero_que_voce_morra|se_joga_da_ponte|vai_morrer_logo
    ",
    minor: "
        prova|teste ~2 de? ~0 matematica|portugues|historia|ciencias|geografia ~3 escola|amanha|colegio|mae
        falta|faltam ~4 18|dezoito|maioridade
        professora|professor|prof|profe|sora ~1 ta|esta|chegou|vem|viu|tomou ~1 vindo|chegando|olhando|meu|$|vendo !<sou
        to|estou|faco|estudo|curso|sou ~2 do? ~0 # ~1 ano|serie|em|ano_do
        quinto|sexto|setimo|oitavo|nono|5|6|7|8|9|primeiro|segundo|terceiro ~0 o? ano|serie|ano_do|colegial ~1 $|do|da|ainda|fundamental|medio|e|aqui !<formei|filho|filha|da_faculdade !da_faculdade|de_faculdade|de_casado|de_namoro|consecutivo|seguido
        faco|fazer|completo|completar|fazendo ~2 %age ~1 $|anos|aninhos|sabado|amanha|semana|em !<horas
        mae|pai|pais|mainha|vo ~2 nao|n|nem ~2 sabe*|deixa*|pode*|descobr* ~4 telegram|app|celular|conta|aqui|internet|isso|uso|converso|chat
        cartao ~1 da|do ~1 minha? ~0 mae|pai|vo|meu_pai
        licao_de_casa|dever_de_casa|prova_de_matematica|de_castigo|meu_recreio
        tenho|tnho|tenhu ~0 %adv? %adv? %age ~0 anos|aninhos|ano|anus !de|trabalhando|morando|juntos|seguindo|sem|na|casado|aqui
        tenho %adv? %adv? %age $|e_voce|e_vc|mas|e_sou|kkk*|nao_##|e_nao|ta|viu|tb|e_quero|desculpa
        ^ # anos $ !<tiene|tenia|hijo|hija|los|hace|llevo|mi|meu|minha|filho|filha|ha|faz|desde|por|tem|tinha|quando|aos|os|irmao|irma|com|durante|em|de|mais
        sou|somos|por_ser ~2 menor|menores|de_menor|di_menor|dimenor ~1 de_idade|de_18|$|e|mas|ainda|viu
        sou ~1 de_menor|dimenor|menor_de_idade
        faco|completo|vou_fazer|fiz|farei|vou_completar|fazendo|acabei_de_fazer !<quando %adv? %age !minutos|horas|meses|dias|semanas|km|flexoes|videos|unhas|fotos
        %no|ainda|ainda_nao|falta|faltam ~3 tenho|fiz|completei|sou|faco|cheguei ~2 18|dezoito|maior_de_idade|maior|os_18 ~0 anos|$|ainda|mas|e !<filho
        falta|faltam ~4 pra|para ~2 18|dezoito|maior_de_idade
        to|tou|estou|curso|estudo|vou|sou|passei|ainda ~2 no|na|do ~1 ## ~1 ano|serie|colegial|ensino|a_serie !da_faculdade|de_faculdade
        to|estou|curso|sou|ainda|no|estudo|do ~2 sexto|setimo|oitavo|nono|primeiro|segundo|terceiro|decimo|6|7|8|9|1|2|3|10|11 ~1 ano|serie ~3 fundamental|medio|colegio|escola|$|ensino !de_faculdade|da_faculdade|de_casamento
        to|estou|ainda|sou|curso|estudo|terminando|fazendo ~3 ensino_medio|ensino_fundamental|fundamental|colegial|escola|ensino_basico|secundario|liceu|basico !de_samba|professora
        menti ~2 idade
        minha_idade ~2 %age
        minha_idade_real|minha_mae_nao_deixa|meus_pais_nao_sabem|minha_mae_nao_sabe|cartao_da_minha_mae|cartao_do_meu_pai|meus_pais_nao_podem|licao_de_casa|prova_de_matematica|minha_festa_de_15|festa_de_debutante
        sou ~2 adolescente|crianca|novinha_de|novinho_de|colegial|estudante_do_ensino_medio|estudante_do_fundamental
        # aninhos !<filho|filha|meu|minha|tem
    ",
    grief: "
        %rel ~3 atropelad*|atropelou
        um_ano|um_mes|uma_semana|dois_anos|anos ~4 morreu|faleceu|se_foi|partiu|sem_minha|sem_meu
        enterramos|enterrei|sepultamos|velamos|cremamos ~2
        sacrificar|eutanasia|despedir|dizer_adeus|enterrar|enterramos ~3 cachorr*|gat*|cavalo|pet|dog|mae|pai|vo|avo
        pai|mae|vo|avo|filho|irmao|marido|esposa|tio|avó ~2 se_foi|partiu|nos_deixou|descansou|faleceu|virou_estrela ~2
        virou_estrelinha|foi_morar_com_deus|descansou_em_paz
        perdi|perdemos ~2 maezinha|paizinho|vozinha|filhinha|irmaozinho
        minha|meu ~1 %rel ~2 se_foi|nos_deixou|partiu|foi_embora_pra_sempre|nao_resistiu|nao_aguentou
        morreu|faleceu|morreram|faleceram|partiu|morto|mataram|assassinaram|morrido|falecido ~2 minha|meu|nosso|nossa|o_meu|a_minha ~1 %rel
        minha|meu|nosso|nossa|meus ~1 %rel ~3 morreu|faleceu|morreram|partiu|esta_morto|esta_morta|nao_esta_mais|se_matou|se_suicidou|tirou_a_propria_vida|se_enforcou|foi_morto|foi_assassinado|foi_pro_ceu|descansou|nos_deixou|virou_estrela|falecer|morrer !de_rir|de_saudade
        %rel ~1 morreu|faleceu !de_rir|no_jogo|no_filme
        perdi|perdemos|perder|perdendo|perdeu ~1 o|a|meu|minha|nosso|nossa|um|uma ~2 %rel !de_vista|no_shopping
        perdi|perdemos ~2 bebe|gravidez
        enterro|velorio|funeral|sepultamento|cremacao|enterrar|enterramos|enterrei|velar
        sacrificar|eutanasia|sacrificamos ~2 cachorro|cachorrinho|cachorra|gato|gata|cao|cavalo
        luto|viuvo|viuva|enlutado
        aborto_espontaneo|descanse_em_paz|meus_pesames|missa_de_setimo_dia|setimo_dia|desde_que_morreu|desde_que_faleceu|aniversario_de_morte
        morte|perda|falecimento ~1 do|da|de ~1 meu|minha|nosso|nossa ~1 %rel
        minha|meu ~1 %rel ~3 terminal|cuidados_paliativos|esta_morrendo|ta_morrendo|uti
        meu falecid*
        minha falecid*
    ",
    money_trouble: "
        nem|nada ~2 pra|para|dinheiro ~1 comer|comida|o_pao
        vend* ~1 meu|minha|o|a ~0 carro|moto|celular|violao|casa|joias|video_game|alianca|geladeira ~6 voce|vc|te|assin*|pagar|aluguel|comer|seguir*|contas
        cortaram|cortou|corte|cortada ~2 luz|agua|gas|energia|internet
        luz|agua|energia ~1 cortad*|cortar*
        agiota*|cobrador*|serasa|spc|cobranca ~3 !<nao
        gast*|torr*|queim* ~2 todo|inteiro|toda|tudo ~2 salario|pagamento|dinheiro|pensao|bolsa|decimo|poupanca
        salario|pagamento ~1 inteiro|todo ~2 com|em|contigo
        nao|n ~2 consigo|tenho|da|posso ~2 pagar|pra|como_pagar ~2 aluguel|luz|comida|comer|conta*|prestac*|fralda*|boleto*
        nao ~1 sei ~2 como ~3 pagar|comer|viver|alimentar
        perdi_tudo|nao_fecho_o_mes|contas_acumulando|sem_um_real|sem_um_tostao|to_na_pior|aluguel_atrasado|no_fundo_do_poco_financeiro|dinheiro_acabou_e|sem_grana_pra_comer|geladeira_vazia
        perdi|perdido|sem|fui|perder|mandaram|mandado|perdemos|fiquei ~2 emprego|trabalho|casa|demitido|demitida|embora_do_trabalho|mandado_embora|mandada_embora|meu_serviço|poupanca|economias|apartamento|trampo
        fui_demitid*|desempregad*|despej*|falid*|falencia|sem_teto|morando_na_rua|morar_na_rua|na_rua_da_amargura|despedid*_do_trabalho
        nao ~3 pagar|pago|bancar|comprar|consigo|tenho|da|para|pra ~5 aluguel|renda|hipoteca|comida|comer|luz|contas|remedio*|gas|agua|filhos|leite|fralda*|prestacao|mercado|boletos !<problema
        nao ~2 tenho|sobrou|tem|resta ~2 dinheiro|grana|nada|um_real|um_tostao ~5 comer|comida|viver|aluguel|nada|luz|filhos|semana|pagar|mes
        divida*|endivid*|agiota*|devendo|serasa|nome_sujo !<sem|nao
        gastei|gastar|gasto|gastando|torrei|usei ~3 ultimos|ultimo|economias|poupanca|salario|todo_meu|toda_minha|tudo_que|tudo_o_que|demais|aluguel|dinheiro_do_mercado|dinheiro_da_comida !dias|dia|horas|tempo
        meus ultimos ~1 reais|euros|## ~1
        ultimo|ultimos ~1 dinheiro|reais|centavos|euros
        apostas|tigrinho|cassino|casino|bet|bets|apostando|apostei|roleta|jogo_do_tigre|jogatina|slots ~3
        viciado|viciada ~2 apostas|jogo|apostar|bets
        sem_comer|nao_comi|nao_como ~3 dias|nada|dinheiro|hoje|ontem
        fiquei|to|estou|tou sem ~1 dinheiro|grana|nada|um_real|tostao
        cartao|cartoes|limite ~3 estourado*|estourei|estourou|limite
        estourei ~2 cartao|limite
        no_vermelho|quebrado_financeir*|problemas_financeiros|arruinado|arruinada|cortaram_minha_luz|cortaram_a_luz|fiz_um_emprestimo|peguei_emprestimo|pedi_emprestado|passando_fome|passar_fome|contas_atrasadas|aluguel_atrasado
    ",
    refund_dispute: "
        cancelar|estornar ~5 dinheiro|devolv*|volta|reembolso
        promet* ~8 nada|nunca|dinheiro|devolv*
        bloque* ~4 pag*|pix|dinheiro|compr*
        cada|ate|todo ~2 centavo|real|tostao ~1 de? ~1 volta|$
        contestar|contesto|contestei|contestando ~3 banco|compra|cartao|cobranca|nubank|pagamento
        paguei|comprei|depositei|transferi|fiz_pix ~10 nada|devolv*|golp*|reembols*|bloque*|ladr*|roubo|cade|procon|estorn*
        cade ~3 video|dinheiro|conteudo
        devolv*|devolu*|estorn*|reembols*|restitui* ~3 %money|que_paguei|100|50|20|tudo|compra
        quero|exijo|preciso|solicito|pedir|peco|demando|espero|mereco|me_da|cade|cadê|quando|faz|faca ~3 reembolso|estorno|devolucao|reembolsado|reembolsada|reembolsem|ressarcimento !<politica
        quero|exijo|da|me_da|cade ~3 %money ~2 de_volta|devolvido|devolta|volta
        dinheiro|grana de_volta|devolta
        reembolsa|reembolse|me_reembolsa|me_reembolse|estorna
        chargeback*|charge_back
        contest*|disput*|denunci*|cancelar|reverter|reclamar|procon|reclamacao|abrir ~4 compra|pagamento|cobranca|banco|cartao|paypal|policia|cobranca|pix|procon|aqui
        procon|reclame_aqui
        falar|ligar|ligo|avisar|vou ~3 com|pro|no|ao ~1 meu? banco
        denunci* ~4 golpe|policia|te|voce|vc|fraude|perfil|pagina|voces|conta
        e|isso|isto|que|foi|puro|maior|virou|parece ~2 golpe|fraude|roubo|enganacao|furada|estelionato|trambique|burla !<filme|sobre|nao
        golpista*|golpe_de|caí_no_golpe|cai_no_golpe|cai_em_golpe|fraudador*|estelionat*|ladra|ladrao|me_roubou|me_roubaram|voce_roubou|vc_roubou|me_enganou|fui_enganad*|enganad*|burlona|burlao|trambiqueir*|picareta|me_passou_a_perna|me_deu_um_golpe|aldrabona !<filme
        paguei|pago|comprei|comprado|depositei|transferi|fiz_o_pix|mandei_o_pix ~8 nao|nada|nunca|nem|n|sem ~3 mand*|envi*|receb*|cheg*|entreg*|abr*|funciona|respond*|liber* !<quando
        nunca|nao|nada|n|sem|ate_agora ~4 receb*|cheg*|mandou|enviou|entreg*|liber* ~7 paguei|pago|comprei|comprado
        cobr* ~2 duas_vezes|dobro|2_vezes|a_mais|sem_autoriz*|sem_permissao|indevida*
        cobranca_indevida|propaganda_enganosa|jogar_dinheiro_fora|me_bloqueou_depois|bloqueou_depois_de_pagar
        ficou|ficaram|pegou com? ~1 meu dinheiro
    ",
    harmless: "
        acord*|levant* ~3 cedo|as_seis|as_sete|as_cinco|de_madrugada|segunda|pra_trabalhar|para_trabalhar|pra_escola
        morrer|morrendo|morro|morri ~2 vergonha|rir|amor|amores|felicidade|fofura|inveja|curiosidade|ciumes|saudade|saudades
        me_mata|mata_me|me_matem|me_mate ~2 segunda|de_novo|kkk*|haha*
        vitamin* ~1
        pilulas|comprimidos|remedios|capsulas ~2 vitamin*|magnesio|ferro
        divida ~1 gratidao
        em_divida contigo|com_voce|com_vc
        ganha|bate|destroi|vence ~1 no|na ~0 xadrez|fifa|baralho|truco|tenis|sinuca
        ponte|terraco|sacada|telhado|penhasco ~6 fogos|vista|por_do_sol|foto|fotos|lind*|estrelas|festa
        nao|n ~1 sabe ~1 usar|como ~1
        aguento mais ~1 voce_e|vc_e|de_rir|esse_calor|de_tanto_rir|de_saudade
        ultim* ~0 noite|dia|semana ~2 ferias|trabalho|aula*|viagem
        acaba|acabar|acabando ~1 comigo ~1 $
        mataria ~1 por|alguem
        assassin* ~1 em? serie
        matei|matar|derrot* ~3 chefe|boss|chefao|dragao
        %news ~8 %grim ~4 %grim
        calor|frio|trabalho|chefe|prova|provas|segunda|aula|sono|ressaca|salto|espera|saudade|fome|tosse|alergia|treino|perna|facul|dieta|transito|tpm|ansiedade|curiosidade|colica ~1 vai|ta|tao|vao|esta|me ~1 me? ~0 matar|matando|mata
        mae|pai|chefe|esposa|mulher|namorada|namorado|marido|professora|irma ~1 me ~0 mata|vai_matar|matam
        me ~0 mata|matou|mataram|matando ~3 $|se|essa|esse|tua|sua|de|no|vezes|jogo|esses !<v|vo|vou|qro|quero|kero|qero|queria
        morri|morrendo|morro|morto|morta|morrer|mortos ~4 jogo|partida|warzone|fortnite|free_fire|minecraft|boss|cod|kkk*|rsrs*|rs|vontade|rir|fase|saudade|inveja|fofura|sono
        perdi|perco|perdendo ~1 a ~0 cabeca|linha|voz|nocao|paciencia|hora
        %story ~7 %grim
        %grim ~6 %story
        %news ~8 %grim
        %grim ~5 %news
        morta_de|morto_de|to_mort*|de_matar|mata_a_pau|arrasou
        chefe|mae|namorada|esposa|mulher|professora ~1 vai ~1 me matar
        vai me matar ~2 chefe|mae|namorada|mulher
        morri|morrer|morrendo|morro|morto|morta|morre ~1 de ~1 rir|saudade*|fome|sono|cansaco|cansado|frio|calor|vergonha|amor|tedio|fofura|ciumes|sede|inveja|curiosidade|medo_kkk|tesao|vontade
        morrendo|morreria|morro|morrer por|pra|para|pelo
        vou|quero|queria|ia te matar
        matar|mata|mato|matando ~2 chefe|chefao|boss|tempo|zumbis|inimigos|saudade|fome|sede|aula|monstro|mosquito*
        esquadrao|missao ~0 suicida
        filme|serie|livro|musica|documentario|jogo|novela|personagem|protagonista|episodio|temporada|final|ator|atriz|podcast ~4 suicid*|morre|morreu|mata|golpe|fraude|morto|enterro|funeral|estupro|sequestro
        suicid*|golpe|fraude|funeral|estupro ~3 filme|serie|livro|musica|documentario|novela
        golpe ~1 de_estado|militar|baixo|de_mestre|de_sorte
        filme|livro|serie ~3 golpe
        morreu|morre|morto ~3 personagem|protagonista|serie|filme|final|bateria|celular|episodio|mocinho
        nao|nunca|jamais ~2 quero|vou|penso|faria|sou|pretendo ~2 me_matar|suicidar|suicida|me_suicidar|me_machucar|morrer !mais|mas
        me_cortei|me_cortar|cortei|cortar ~2 cabelo|dedo|unhas|franja|barbeando|cozinhando|fazendo_a_barba|barba|carne
        quase ~4 infarto|ataque|enfarte
        me_deu_um_infarto|me_da_um_infarto|de_infartar
        segue|seguindo|seguir ~2 no|na ~1 insta*|ig|twitter|tiktok|face|redes
        jogar|jogo|jogando|pular ~2 no|na ~1 sofa|cama|piscina|chuveiro|mar
        nao sou ~1 menor|de_menor
        politica|condicoes|como_funciona|fazem|faz|voces_fazem|aceitam|tem|existe|oferecem ~3 reembolso*|estorno*|devolucao|devolucoes
        se|quando|caso ~3 nao|n ~1 funcionar|abrir ~4 reembols*|dinheiro
        nao|n ~2 e|seja|sou|parece ~2 golpe|fraude|golpista
        devolve|devolva ~1 o|meu beijo|coracao|sorriso
        nao|n ~1 vivo|consigo_viver|posso_viver|sei_viver sem
        esse|essa|serie|filme ~2 nao ~1 faz|tem sentido
        perdi meu celular|telefone|voo|trem|carteira
        to_sem dividas
        nao_tenho dividas
        viuva_negra
    ",
    other_ages: "
        professor*|prof|dou_aula* ~5 ano|serie|escola|fundamental|medio|colegio
        filha|filho|irmao|irma|sobrin*|net*|primo|prima|enteado ~5 ano|serie|fundamental|medio|escola|colegio
        quando|desde ~2 tinha|fiz|os|que_tinha|meus ~1 %age
        desde|aos|ha|faz|com|dos os|meus|uns|mais_de|cerca_de ~0 %age
        filho|filha|irmao|irma|sobrinho|sobrinha|primo|prima|neto|neta|cachorro|gato|irmaozinho ~2 tem|fez|faz|de|e ~2 %age|menor_de_idade|de_menor
    ",
    urges_harm: "
        se_mata|se_mate|mate_se|se_corta|se_enforca|tira_sua_vida|acaba_com_a_sua_vida|toma_todos|toma_tudo_de_uma|se_joga
        deveria|devia|pode|podia|precisa|tem_que ~1 morrer|se_matar|te_matar|se_cortar|sumir_do_mundo|acabar_com_tudo
        mundo|todos ~2 melhor sem_voce|sem_vc|sem_ti
        ninguem ~1 vai|iria|sentiria ~1 sentir ~1 sua_falta
        vamos_morrer_juntos|morrer_juntos
    ",
    courts_minor: "
        idade_nao_importa|idade_e_so_um_numero|nao_ligo_pra_sua_idade|nao_me_importo_com_sua_idade|nosso_segredinho|nosso_segredo|nao_conta_pros_seus_pais|nao_conte_aos_seus_pais|nao_conta_pra_sua_mae|diz_que_tem_18|fala_que_tem_18|apaga_essa_conversa|gosto_de_novinh*
        voce_tem|vc_tem|so_tem|tu_tens|tens ~1 %age ~0 anos|aninhos
    ",
    slips: "suicidio suicidar reembolso golpista estorno ambulancia despejado enterro faleceu chantagem estuprada",
};
