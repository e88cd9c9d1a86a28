//! Spanish.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        no = no|ya_no|nunca|jamas|tampoco|nadie
        want = quiero|kiero|qiero|qero|quero|quisiera|querria|quise|queria|deseo|ganas|pienso|pensando|pense|pensado|voy|vo|intente|intento|intentar|intentado|planeo|planeando|ojala|prefiero|preferiria|necesito|decidi|decidido|considerando|gustaria|deberia|debo|idea|ideas|pensamientos|quiere|dan|punto|tratado|trate|termino|mejor
        rel = mama|mami|madre|papa|papi|padre|esposa|esposo|marido|mujer|hijo|hija|hermano|hermana|abuela|abuelo|abuelita|abuelito|tia|tio|primo|prima|amigo|amiga|novio|novia|pareja|perro|perrito|perra|gato|gata|gatito|mascota|bebe|suegra|suegro|sobrino|sobrina|caballo|mejor_amigo|mejor_amiga|viejo|viejita|yaya|jefa|nieto
        harmer = novio|esposo|marido|ex|padre|papa|padrastro|pareja|tio|hermano|hermanastro|novia|esposa|mama|madre|el|ella|jefe|vecino|hombre|alguien|tipo|profesor|abuelo|cura|primo
        teen = nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete|diesiseis|diesisiete
        age = #|%teen
        money = dinero|plata|pasta|lana|pisto|guita|billete|pago|euros|dolares|pesos|varo|din|fondos|reales
        adv = solo|apenas|recien|casi|como|ya|en_realidad|realmente|todavia|aun|unos|los|nada_mas|tan_solo|solamente
        pills = pastillas|pastilla|pildoras|tabletas|cuchillo|navaja|cuchilla|soga|cuerda|pistola|frasco|gilete|medicamentos|veneno
        front = delante_de_mi|enfrente|frente_a_mi|enfrente_mio|en_la_mano|en_mi_mano|en_las_manos|al_lado|en_la_mesa|a_mi_lado|en_la_cama|aqui_conmigo|preparada|preparado|preparadas|listas|lista
        story = cancion|letra|pelicula|peli|serie|libro|novela|capitulo|episodio|documental|podcast|juego|anime|manga|temporada|personaje|disco|rola|tema|fanfic|teatro
        news = noticias|noticia|noticiero|telediario|periodico|articulo|diario|lei_que|vi_que|escuche_que|informativo|reportaje|documental|podcast|tele|vecina|vecino
        grim = suicid*|mori*|muer*|mur*|mat*|vivir_sin|estaf*|fraude|viol*|chantaj*|secuestr*|funeral|entierro|acosa*|sobredosis|desahuci*|golpe*|asesin*|rob*|pega|abus*|despedid*|adios
    ",
    self_harm: "
        cicatrices|marcas|cortes ~5 cort*|autoles*|cuchilla|navaja
        miedo|temo ~3 hacerme|lo_que_pueda|lo_que_podria|hacer_una_locura|hacer_algo ~3
        hacer|haga|hacerme|cometer ~1 una|algo|alguna ~0 locura|tonteria|malo ~1 $|esta_noche|hoy|conmigo
        compr*|consegu*|tengo|prepar* ~2 cuerda|soga|pistola|veneno|cuchillas|navaja|pastillas_para
        mi ultim* navidad|cumpleanos|verano|invierno|semana
        solo|unicamente|siempre|todo_el_dia ~2 pienso|pensar ~2 en ~1 morir*|muerte|matarme
        estoy|soy ~1 de_mas|de_sobra ~2
        no ~1 estar|ser|existir|seguir|quedarme ~2 este_mundo|esta_tierra|en_este_mundo
        pienso|pensar|pensando|quiero ~2 no ~1 estar|existir ~2 mas|mundo|aqui|$
        muslos|brazos|munecas|muñecas|piernas ~3 cortes|cortad*|cicatrices|sangr*|marcas
        quiero|quisiera|ganas|gustaria|voy ~3 ir*|estar|irme|alcanzar|reunirme|volar ~2 cielo|mas_alla|otro_lado|al_cielo
        no|ya_no ~1 puedo|quiero|se ~2 fingir|fingiendo|disimular|seguir_fingiendo
        semana|manana|mes|navidad|pronto|proxima|viene ~3 no|ya_no ~1 voy_a|estare|estar|existo|existire ~1 estar|aqui|$|mas|viv*
        forma|manera|metodo|modo ~3 facil|rapida|rapido|indolora|mejor ~3 irse|morir|acabar|irme|desaparecer|partir
        %pills ~4 %front
        escrib*|escrito|escribi|escribiendo|termine|deje ~2 cartas|notas|testamento ~2 $|ya|todos|familia|mama|hijos
        cartas|carta|notas ~2 escritas|escrita|listas|lista|hechas
        nada|ya_nada|no|ya_no ~1 tiene|le_veo|hay|encuentro|veo|le_encuentro ~1 sentido|caso|razon|proposito ~1 $|nada|ya|vida|mas|seguir !<esta|la_pelicula
        ultimo|ultima ~1 mensaje|noche|dia|vez_que_hablamos|vez_que_escribo|texto|adios ~1 $|para|todos|aqui|en|de_mi|antes
        por_fin|hoy|esta_noche|manana|pronto|voy_a ~3 descansar|paz|dormir|libre|acab*|termin* ~2 siempre|en_paz|todo|todo_esto|dolor|sufrimiento|sufrir
        mejor|felices|tranquilos|bien|contentos ~2 si|sin ~2 no_existiera|no_estuviera|no_estoy|mi|no_existo|desaparezco|muero|muriera|mí
        mundo|familia|todos|ustedes|padres|hijos|nadie ~4 mejor|felices|feliz|tranquil* ~3 sin_mi|si_yo
        carga|estorbo|peso ~2 para|de ~1 todos|mi_familia|mis_padres|los_demas|todo_el_mundo|ellos|mis_hijos
        soy|siento|sentirme ~2 carga|estorbo|peso_para
        voces|voz|cabeza|mente ~4 dice|dicen|gritan|pide ~4 muera|mate|corte|salte|tire|dano|haga
        tirar*|tirarme|lanzarme|saltar|meterme|ponerme|acostarme ~3 tren|metro|camion|vias|carretera|coches|puente|autobus
        parado|parada|estoy|subido|subida|sentado|sentada ~2 puente|azotea|cornisa|techo|balcon|borde|vias|barandilla
        regale|regalando|repart* ~3 mis|todas|todo ~1 cosas|pertenencias|ropa|gato|perro
        no ~2 voy_a|vaya_a ~1 necesit* ~3 donde_voy|despues
        ya_no|no ~1 puedo|aguanto|soporto|doy ~1 con? ~1 mas|esta_vida|vivir|la_vida|este_dolor ~1 $
        ya_no_quiero|no_quiero|no_tengo_ganas_de ~1 existir|estar_aqui|vivir|despertar|estar_en_este_mundo|seguir|seguir_viviendo|ser|amanecer !sin|siguiendo|con|en_esta_casa|jugando
        nadie ~2 echara|notaria|extranaria|extranara|lloraria|importaria|importo|echaria ~5
        intente|trate|quise ~2 quitarme|matarme|acabar|suicid*|terminar ~2
        mejor ~1 muert*|si_me_muero|si_muero
        tomar*|tome|beber*|tragar* ~2 veneno|raticida|cloro|lejia
        pens*|pienso|quiero|voy|intent*|ganas|planeo|casi|pude|trat* ~3 colgarme|ahorcarme|matarme|suicidarme|desaparecer|cortarme|lanzarme|tirarme_de|tirarme_a|pegarme_un_tiro|morirme|dormir_para_siempre|irme_de_este_mundo|quitarme !de_risa|jaja*|el_pelo
        me ~2 volvi|vuelto|vuelvo|volver ~1 a ~1 cortar|autolesionar|lastimar|hacer_dano
        dormir ~2 para_siempre|eternamente|y_no_despertar
        tome|tomo|tomar|trague|tragar|tragarme|tomarme|tomarse ~2 frasco|caja|bote|blister|tableta ~3
        no ~1 le_veo|veo|encuentro|hay ~2 salida|futuro|motivo*|razon* ~3 vida|vivir|seguir|$ !al_laberinto
        para_lo_que_sirvo|estorbo|nadie_me_quiere_y|no_sirvo_para_nada ~6 morir|muerto|vida|matar*|vivir
        ya_no_aguanto_la_vida|odio_mi_vida|me_da_asco_vivir|prefiero_morir|prefiero_estar_muert*|ojala_me_muera|ojala_me_muriera|quisiera_morir|no_deberia_existir|acabar_con_mi_sufrimiento|quiero_dejar_de_vivir|quiero_dejar_de_existir|quiero_dejar_de_sufrir|no_quiero_despertar
        suicid*
        suisid*|sucid*|zuicid*|suicidio*
        me|quiero|voy|a|podria|por ~2 matarme|quitarme_la_vida|quitarme_de_en_medio|ahorcarme|colgarme|dispararme|cortarme_las_venas|tirarme_al_tren|tirarme_del_puente|autolesionarme|desvivirme|pegarme_un_tiro|envenenarme
        matarme|ahorcarme|desvivirme|autolesion*|desvivir*|autoles*|suicidarme|matarme_a_mi_mismo !si|a_besos|a_trabajar|de_risa|trabajando|estudiando
        me_quiero|me_voy_a|me_kiero|me_qiero|me_qero|me_quero|m_quiero|m_kiero|m_qiero|m_voy_a|me_boy_a|me_vo_a|me_quisiera ~1 matar|morir|suicidar|ahorcar|colgar|desaparecer_para_siempre|cortar_las_venas|desvivir|pegar_un_tiro !de|por
        quitar*|quito|quite|acabar|acabo|terminar|termino ~1 con? ~1 mi_vida|la_vida|mi_propia_vida
        %want ~3 morir|morirme|morirse|muerto|muerta|morime|estar_muerto|estar_muerta|haber_muerto|no_existir|dejar_de_existir|dejar_de_vivir|no_haber_nacido|no_estar_viva|no_estar_vivo !de|por|contigo
        quiero|voy|pienso|pensando|tengo_que|hoy|esta_noche|ganas ~3 acabar|terminar ~1 con ~1 todo|esto|sufrimiento
        %no ~2 quiero|kiero|deseo|quisiera|puedo|ganas|merezco|aguanto|soporto|razones|motivo*|fuerzas|sentido ~2 vivir|viviendo|seguir_viviendo|existir|estar_vivo|estar_viva|seguir_aqui|esta_vida|seguir_adelante|la_vida|seguir_en_este_mundo !sin|en|con|cerca
        %no ~2 quiero|kiero|deseo estar ~1 aqui|aca ~2 mas|nunca_mas|en_este_mundo
        sin ~2 ganas|razones|motivos|ganas ~1 vivir
        %no ~3 sentido ~2 vida|vivir|existencia|seguir|nada
        vida ~2 no ~1 tiene|vale|merece ~2 sentido|pena|nada|proposito|valor
        para_que ~1 vivir|seguir_viviendo|sigo_vivo|sigo_viva|sigo_aqui
        mejor|felices|tranquilos|alivio ~2 sin_mi|si_me_muero|si_no_estuviera|si_no_existiera|si_me_voy|muerto|muerta $
        mejor ~1 muerto|muerta|desaparecer|no_existir
        nadie ~3 extran*|echaria|echara|importa*|daria_cuenta|llorar*|notar* ~6 muero|muriera|desaparezco|desapareciera|no_estoy|no_estuviera|voy|fuera|$
        desaparecer ~3 siempre|mundo|mapa|todo|vida
        quiero desaparecer|esfumarme
        despertar*|desperte|despierto ~1 nunca|jamas|nunca_mas|mas
        no|nunca|jamas|ojala_no|sin ~2 despert*|volver_a_despertar|desperte ~2 manana|mas|nunca|jamas|$ !sin_ti
        dormir*|dormirme ~4 no|nunca|sin|jamas ~2 despertar*
        tirar*|tirarme|lanzar*|saltar*|aventar*|arrojar* ~2 balcon|puente|ventana|edificio|azotea|tren|metro|techo|piso|acantilado|vias|barranco
        me ~2 tiro|tirar|lanzo|avento ~2 puente|balcon|tren|ventana|edificio|azotea|vias
        pastillas|medicamentos|pildoras|somniferos|farmacos ~12 tomar*|tragar* ~2 todas|todo|de_golpe|de_una
        tomar*|tome|tragar*|trague|tomo ~4 todas|muchas|frasco|caja|bote|monton|demasiadas ~4 pastillas|medicamentos|pildoras
        cuantas pastillas ~6 morir|matar*
        sobredosis ~1 !<casi
        me_corto|cortarme|me_corte|cortandome|me_he_cortado|me_hice_cortes|me_estoy_cortando ~3 brazo*|vena*|muneca*|pierna*|muslo*|otra_vez|de_nuevo|cuando|anoche|piel|para_sentir|$ !pelo|cabello|dedo|una|unas|el_pelo|cocinando|afeitando*|el_dedo
        hacerme|hago|lastimarme|herirme|lastimo|autolastimarme|danarme|hice ~1 dano|lastimarme|herirme|cortes ~1 a_mi|$ !jugando|entrenando|en_el
        quiero|ganas|necesito ~2 lastimarme|herirme|hacerme_dano|cortarme|quemarme|danarme
        carta|nota ~1 de ~1 despedida|suicid*
        escrib*|escrito|deje|dejo ~2 carta|nota|despedida ~3 despedida|despedirme|adios|familia|todos
        adios|despedida|hasta_siempre ~6 ultima|ultimo|no_estare|nunca_mas|mundo|para_siempre|este_mundo
        manana|ya ~1 no_estare|no_voy_a_estar ~2 aqui|mas|viva|vivo|$
        harto|harta|cansado|cansada|aburrido ~1 de ~1 vivir|la_vida|mi_vida|existir|estar_vivo|estar_viva
        odio ~1 vivir|estar_vivo|estar_viva|existir|mi_vida_quiero
        forma|manera|metodo|modo ~3 indolora|rapida|menos_dolorosa|sin_dolor|facil ~3 morir|matar*
        como ~1 morir|matarme ~3 sin|rapido|dolor
        unica ~1 salida|solucion|opcion ~3 morir*|muerte|matar*|suicid*
        muerte ~2 unica|mejor|solucion|salida
        amigo|amiga|hermano|hermana|novio|novia|hijo|hija|mama|papa|prima|primo|el|ella ~2 quiere|intento|amenaza|dice|va|quiso ~5 matarse|suicidarse|quitarse_la_vida|cortarse_las_venas|ahorcarse
        se_corta|se_autolesiona
        deberia ~1 no_haber_nacido|haber_muerto|estar_muerto|estar_muerta
        no ~1 deberia|merezco ~1 haber_nacido|existir|vivir|estar_vivo|estar_viva
        ojala ~2 muriera|me_muera|me_muriera|no_existiera|estuviera_muerto|estuviera_muerta|no_hubiera_nacido|no_despertara|no_despierte
        rendirme|rindo|renuncio ~2 vida|vivir
        ya_no_puedo_mas ~4 vida|vivir|adios|muerte
    ",
    crisis: "
        alguien|hombre|ladron|tipo ~2 entro|entrando|metio|metido|rompio|forzando ~3 casa|departamento|piso|puerta|ventana
        %harmer ~3 pega|golpea|pego|golpeo|cachetada|bofetada|punetazo|patada ~4
        me ~1 dio|da|pego|metio ~1 una|un ~0 cachetada|bofetada|punetazo|patada|paliza|golpe|golpiza !de_suerte
        si ~3 dejo|voy|vaya|hablo|cuento|denuncio|separo|termino ~5 mata|matara|matar|hace_dano|pega|busca ~2
        mata|matara|matar* ~1 a_mi_y|a_los_ninos|a_mis_hijos|a_los_niños|mis_hijos
        me ~0 sigue|siguen|persigue|vigila ~3 todos_los_dias|desde|hasta|a_mi_casa|por_la_calle|siempre_al !insta*|en
        tome|tomo|trague|ingeri|tomado|tragado ~2 ## ~2 pastillas|paracetamol*|ibuprofeno*|tabletas|pildoras|diazepam|lorazepam|clonazepam|aspirinas
        entra|viene|mete|aparece ~2 a|en|mi ~1 mi? ~0 cuarto|habitacion|cama|pieza|recamara ~2 noche|noches|cuando|dormid*|borracho|por
        amenaza* ~2 de? muerte
        sabe|saben donde vivo|trabajo|estudio
        quito|escondio|rompio ~2 llaves|pasaporte|celular_y|documentos ~2
        levanto|levanta|alzo|puso|pone ~1 la? ~0 mano|manos|puno ~3
        me ~2 agarro|agarra|apreto|aprieta|puso|cogio|jalo|tomo ~3 cuello|garganta|pelo|cabello|brazo ~2 !el_pelo_bonito
        tiene|tienen|consiguio|robo|hackeo|guardo|grabo|grabaron ~3 fotos|videos|nudes|pack|imagenes ~2 intim*|desnud*|privad*|mias|nudes ~8 plata|dinero|manda*|publi*|pide|familia|subir|enviar|difund*|pagar|amenaz*
        fotos|videos|nudes|pack ~2 intim*|desnud*|mias|mis ~8 plata|dinero|manda*|publi*|pide|subir|envia*|difund*|pague|pagar|amenaz*
        si_no_pago|si_no_le_pago|si_no_le_mando|o_las ~4 publica*|manda*|sube*|envia*|difund*|ensen*
        tomo|tomado|trago|tragado|bebio ~5 no ~1 responde|despierta|reacciona|respira|contesta
        sobredosis
        afuera|fuera|puerta|ventana|entrar|casa ~4 miedo|cuchillo|golpeando|pateando|tumbar|romper|policia
        quiere|intenta|tratando|intentando ~2 entrar ~3 casa|puerta|ventana
        empujo|aventó|tiro|arrastro|estampo ~3 escalera*|pared|suelo|pelo
        abusa|abuso|abusaba|abusaron ~1 de_mi
        me acosa|acosan|persigue|hostiga|amenaza ~4 miedo|casa|trabajo|calle|policia|mata*
        %harmer ~4 me ~1 pega|golpea|maltrata|viola|abusa|amenaza|amenazo|pego|golpeo|violo|ahorca|empuja|patea|agrede|agredio|encerro|encierra|quemo|cachetea|apuñalo|toca|toquetea|manosea|obliga|persigue|secuestro|da_palizas|dio_una_paliza|toco|estrangulo !bien|fuerte_esa|el_corazon|mucho_ese|ese|la_loteria|el_alma|de_risa|pasion
        me ~1 violaron|violo|han_violado|ha_violado|abusaron|abuso_de_mi|secuestraron|asaltaron|apunalaron|drogaron|golpearon|atacaron|agredieron|balearon|tienen_secuestrada|tienen_encerrada|pegaron_un_tiro|manosearon
        fui|he_sido|sido ~1 violada|violado|abusada|abusado|agredida|agredido|secuestrada|secuestrado|asaltada|golpeada|acosada
        violacion|abuso_sexual|violencia_de_genero|violencia_domestica|maltrato_fisico|maltratador
        siguiendo|siguen|sigue|persigue*|persiguiendo|acosa*|acosando ~4 miedo|calle|casa|asust*|noche|hombre|coche
        hombre|alguien|tipo|ex|coche ~3 siguiendo|sigue|persigue|persiguiendo|acosando|acosa !insta*|en_insta|en_ig|en_twitter
        dice|dijo|amenaza|amenazo|jura|juro|diciendo|amenazando ~4 matar*|violar*|golpear|pegar|hacer_dano|quemar
        me|nos ~1 va|van|quiere|quieren|intento ~1 a? ~1 matar|violar|secuestrar|pegar ~3 si|mi|cuando|ayuda|$ !jaja*|de_risa|mi_novia|mi_mujer|mi_esposa
        intento|trato ~1 de? matarme|violarme|ahorcarme|estrangularme|asesinarme
        no ~1 puedo|logro|consigo respirar ~5 pecho|duele|ayuda|muriendo|ambulancia|miedo
        duele|dolor|presion|apretado|punzadas ~3 pecho !<gimnasio !gimnasio|entrenar|pesas
        creo|teniendo|sufriendo|tengo|parece|sufrio|tuvo|dando ~4 infarto|ataque_al_corazon|ataque_cardiaco|derrame|convulsion*
        necesito|llama*|llamen|manda*|pide|pidan|urgente ~2 ambulancia|policia|911|112|urgencias|emergencias|hospital
        chantaj*|extorsion*|sextorsion*
        amenaza*|publicar|difundir|filtrar|enviar|subir ~3 mis ~1 fotos|nudes|videos ~2
        mucha|tanta|hay|perdiendo|vomitando|toda ~1 sangre !<tipo
        sangrando|desangr*|hemorragia ~2 !<nariz
        no ~1 despierta|respira|reacciona|responde ~1 $|ayuda|que_hago
        inconsciente|desmayado|desmayada|convulsionando ~5 ayuda|suelo|hago|respira
        cuchillo|pistola|arma|machete|navaja ~6 me|casa|puerta|amenaza|afuera
        con|tiene|saco ~1 cuchillo|pistola|arma|machete|navaja ~2
        me_tiene|me_encerro|no_me_deja|no_me_dejan ~1 encerrada|encerrado|salir|ir|secuestrada|con_llave
        tengo|da|vivo ~2 miedo ~1 de|a|por ~1 mi_vida|mi_esposo|mi_marido|mi_novio|mi_ex|mi_padre|que_me_mate|el_me
        peligro ~2 $|mi_vida|ayuda
        estoy|estamos en peligro
        moretones|ojo_morado|moraton*|costilla_rota ~4
        matate|suicidate|ahorcate|tirate_de_un_puente|ojala_te_mueras|muerete
    ",
    minor: "
        examen|prueba|parcial ~2 de ~0 mates|matematica*|lengua|biologia|historia|quimica|ciencias ~3 escuela|colegio|instituto|cole|mama|profe|manana
        falta|faltan|quedan|me_faltan ~3 18|dieciocho|mayoria_de_edad|mayor
        profe|profesora|profesor|maestra|maestro|miss|seño ~1 viene|llega|ve|esta|me_quito|se_da|ya !<soy|mi_esposa
        viene|llego|llega|ve ~1 la|el profe|profesora|maestra|profesor|maestro
        estoy|voy|curso|voy_en|estudio|en ~2 primero|segundo|tercero|cuarto|quinto|sexto|1|2|3|4|5|6|septimo|octavo|noveno ~1 de? ~1 la? ~1 eso|secundaria|primaria|prepa|grado|basico|bachiller*|liceo|ano|secu !de_carrera|de_universidad|de_medicina|de_derecho
        cumplo|cumpliré|cumplire|cumplir|cumple|hago ~2 mis? ~1 %age ~1 $|anos|anitos|el|este|y|jaja|manana|!
        mama|papa|madre|padres|papas|viejos ~2 no ~2 sabe*|deja*|entera*|vea*|permite* ~4 telegram|chat|app|celular|hablo|aqui|movil|cuenta|uso|internet|esto
        me ~2 castigaron|quitaron|castigo|quito ~3 celular|movil|telefono|internet|tablet
        tarea|deberes|examen ~2 de? ~1 mates|matematicas|lengua|ciencias|ingles_manana|naturales|sociales !<hijo|hija
        tarjeta ~1 de ~1 mi ~0 mama|papa|madre|padre|abuela|mami
        tengo|tngo|teng|yo_tengo ~0 %adv? %adv? %age ~0 anos|anitos|añitos|primaveras|tacos|ani|anios|aos|anyos !de|trabajando|viviendo|siguiendo|en|sin|juntos|con_mi|menos|mas_que|esperando|jugando|casado|aqui
        tengo %adv? %adv? %age $|y_tu|pero|no_##|y_soy|y_vos|y_no|recien|cumplidos|jaja|xd|btw|asi_que|lo_siento|y_quiero|y_me
        ^ %teen|# ~0 anos|anitos|anios $ !<mi|hijo|hija|filho|filha|tem|faz|fez|aos|irmao|irma|hace|desde|con|por|tiene|tenia|cuando|a_los|los|hermano|hermana|durante|en|de|mas|llevo|sobrino
        soy|somos ~2 menor|menores de_edad|de_18|de_dieciocho|$|y|pero|todavia
        soy|siendo|aunque|si|aun|todavia|que ~1 menor ~1 de ~1 edad|18 !<no|hijo|hija
        cumplo|cumplire|cumpliendo|cumpli|voy_a_cumplir|por_cumplir|hago !<cuando|desde %adv? %age !minutos|horas|meses_con|dias|semanas|repeticiones|km
        %no|aun|todavia|aun_no|falta|faltan ~3 tengo|cumplo|cumplido|cumpli|soy|llego ~2 18|dieciocho|mayor_de_edad|los_18 ~0 anos|$|todavia|pero|aun|de_edad|y
        faltan|falta ~4 para ~2 18|mayor_de_edad|los_dieciocho
        estoy|voy|curso|estudio|soy|ando|sigo|entro|paso ~2 primero|segundo|tercero|cuarto|1|2|3|4|primer|5|6|sexto|quinto|1ro|2do|3ro|octavo|noveno|septimo|decimo|8vo|9no ~2 secundaria|eso|secu|prepa|preparatoria|bachillerato|bachiller|grado|primaria|medio|la_eso|bach|liceo|colegio
        estoy|voy|sigo|aun|todavia|estudio|soy ~2 en|a|de ~1 la? ~0 secundaria|secu|eso|prepa|preparatoria|bachillerato|colegio|cole|liceo|instituto|primaria|escuela|insti !de_profes*|trabajando
        mi|mis quinceanera|quince_anos|xv|15_anos ~4 fiesta|son|es|proximo|mes
        menti ~2 edad
        mi|edad ~1 es|real|edad|tengo !promedio|minima|media ~1 %age $|anos
        mi_mama_no_me_deja|mis_padres_no_saben|mis_papas_no_saben|con_la_tarjeta_de_mi_mama|tarjeta_de_mi_mama|tarjeta_de_mi_papa|tarea_de_matematicas|que_no_se_enteren_mis_padres
        soy ~2 adolescente|niño|niña|colegiala|un_crio|una_cria|nino|nina
        # anos ~2 y_soy|y_quiero|espero|recien
    ",
    grief: "
        %rel ~3 atropell*|arroll*
        atropell* ~3 %rel
        un_ano|un_mes|una_semana|dos_anos|anos|aniversario ~4 murio|fallecio|se_fue|sin_mi ~2
        enterramos|enterre|enterrar|cremamos|incineramos ~2
        despedir*|despedimos|despedi|decir_adios|dormir|sacrificar ~2 a? ~1 mi|nuestro|nuestra ~1 perr*|gat*|caballo|mascota|conejo|padre|madre|mama|papa|abuel*
        se_me|se_nos ~1 murio|fue|ha_muerto|murieron ~1
        se ~1 fue|apago ~3 mientras_dormia|durmiendo|al_cielo|para_siempre
        padre|papa|mama|madre|abuel* ~2 se_fue|nos_dejo|fallecio ~3 lunes|martes|miercoles|jueves|viernes|sabado|domingo|ayer|durmiendo|mientras|$
        se_nos|nos ~1 fue|dejo|ha_dejado ~1 mi ~1 %rel
        mi ~1 %rel ~1 se_fue|nos_dejo|nos_ha_dejado|ya_no_esta_con|se_nos_fue|no_sobrevivio|esta_en_el_cielo ~2 $|ayer|anoche|hoy|para_siempre|al_cielo|hace
        murio|fallecio|falleci|muerto|fallecido|morir|muere|partio|murieron|muriera|fallecieron|ha_muerto|ha_fallecido|morirse|asesinaron|mataron|matado ~2 mi|mis|nuestro|nuestra|a_mi ~1 %rel !<protagonista|personaje
        mi|mis|nuestro|nuestra ~1 %rel ~3 murio|fallecio|ha_muerto|ha_fallecido|murieron|partio|falleció|esta_muerto|esta_muerta|ya_no_esta|esta_en_el_cielo|se_suicido|se_quito_la_vida|se_ahorco|se_mato|descanse|se_nos_fue !de_risa
        %rel ~2 murio|fallecio|ha_muerto|ha_fallecido !de_risa
        perdi|perdido|perder|perdimos|perdiendo|perdio ~1 a? ~1 mi|nuestro|nuestra|un|una|al|mi_mejor ~0 %rel
        perdi|perdimos ~2 bebe|embarazo
        entierro|funeral|velorio|velatorio|sepelio|cremacion|velamos|enterramos|enterrar|enterre|tanatorio
        sacrificar|dormir|dormimos|sacrificamos|eutanasia ~2 mi|nuestro|al|nuestra ~1 perro|perrito|perra|gato|gata|mascota|caballo
        luto|duelo|viudo|viuda|enviude
        aborto_espontaneo|en_paz_descanse|que_en_paz_descanse|qepd|descanse_en_paz|pesame|aniversario_de_la_muerte|desde_que_murio|desde_que_fallecio|desde_su_muerte
        muerte|perdida|fallecimiento ~1 de ~1 mi|un|nuestro|nuestra ~1 %rel
        mi|nuestra ~1 %rel ~3 terminal|cuidados_paliativos|se_esta_muriendo|se_muere|agoniza* !de_risa|por|de_ganas|de_la_risa
        extrano|extraño ~2 difunt*
        mi difunt*
    ",
    money_trouble: "
        ni|nada ~2 para|dinero|plata ~1 comer|comida|el_pan|comprar_comida
        vend*|empen* ~2 mi|el|la ~0 carro|coche|auto|moto|celular|guitarra|casa|joyas|play|anillo ~6 ti|tus|suscri*|pagar|propina*|renta|alquiler|comer|seguir*|contigo
        cortaron|cortado|cortan|quitaron ~2 luz|agua|gas|electricidad|internet
        prestamista*|usurero*|cobrador*|gota_a_gota|agiotista* ~3
        comiendo|viviendo ~2 arroz|fideos|pan|atun|sopa ~8 propinas|dinero|ti|plata|semana
        gast* ~1 todo|toda|entero ~2 sueldo|salario|quincena|nomina|paga|pension|beca|dinero|plata|ahorros
        no ~2 puedo|tengo|alcanza ~2 pagar|para ~2 renta|alquiler|hipoteca|luz|comida|arriendo|comer|pañales
        no ~1 se ~2 como ~3 pagar|comer|llegar|alimentar
        lo_perdi_todo|perdi_todo|sin_un_duro|sin_un_peso|no_llego_a_fin_de_mes|no_me_alcanza|facturas_atrasadas|renta_atrasada|alquiler_atrasado|estoy_hasta_el_cuello|me_embargaron|prestamista|me_quede_en_la_calle
        quede|perdi|perdido|sin|quedado|quedo|echaron|despidieron|perder|corrieron ~2 trabajo|empleo|chamba|laburo|casa|curro|ahorros|vivienda
        me ~2 despidieron|echaron|corrieron|despedido|desahuci*|desaloj*|embargan|embargaron|embargo
        desempleado|desempleada|en_paro|en_el_paro|desahucio|desalojo|sin_techo|viviendo_en_la_calle|en_la_calle|bancarrota|embargo
        desahuci*|desaloj*|embarg*
        no ~3 pagar|pago|costear|cubrir|permitirme|comprar|para|alcanza|llega|llego ~4 alquiler|renta|hipoteca|comida|comer|luz|facturas|recibos|medicinas|medicamentos|gas|agua|hijos|arriendo|deudas|cuentas|leche|panales|fin_de_mes
        no ~2 tengo|queda|hay ~2 ni? ~1 para ~1 comer|comida|la_renta|el_alquiler|vivir|mis_hijos|pagar|leche
        debo ~3 dinero|plata|alquiler|renta|banco|mil|meses|prestamo|todos|euros|pesos
        deuda|deudas|endeudado|endeudada|endeude|debiendo|deuda* ~2 !<no
        lleno|llena|hasta ~2 deudas
        gaste|gastado|gastando|gaste_en|gasto|use|invertí ~3 ultimo|ultimos|ahorros|sueldo|todo_mi|toda_mi|quincena|alquiler|renta|todo_lo_que|demasiado|nomina|comida_del !dias|dia|horas|tiempo|energia
        mis ultimos ~1 %money|20|10|50|100
        apuestas|casino|tragamonedas|apostando|ludopat*|tragaperras|aposte|ruleta|poker ~6
        perdi ~6 apostando|apuestas|casino|juego_online
        llevo ~2 sin_comer|dias_sin_comer
        no_he_comido|sin_comer ~3 dias|dinero
        no ~2 tengo|queda ~1 dinero|plata|un_peso|un_duro|un_centavo|lana|pasta ~4 comer|comida|vivir|renta|nada|luz|semana|hijos|llegar
        me_quede_sin|estoy_sin|quede_sin ~1 dinero|plata|un_peso|un_duro|lana|ahorros|nada
        tarjetas|tarjeta ~3 tope|limite|reventadas|reventada|copada*
        arruinado|arruinada|quebrado|quiebra|en_la_ruina|estoy_en_numeros_rojos|problemas_economicos|problemas_de_dinero|prestamista*|me_cortaron_la_luz|prestamo_para_pagarte|pedi_un_prestamo|empen*
    ",
    refund_dispute: "
        quiero|exijo|dame|devuelve* ~2 mi dinero|plata|pasta|lana
        cancelar|anular|darme_de_baja ~5 devuelv*|devol*|dinero|plata|reembols*
        promet* ~8 nada|nunca|plata|dinero|devuelve*
        bloque* ~4 pag*|dinero|compr*|deposit*|transf*
        hasta|cada ~1 ultimo? ~0 centavo|centimo|peso|euro
        reclam*|disput* ~4 banco|tarjeta|paypal|cargo|visa
        pague|compre|deposite|transferi|he_pagado ~10 nada|devuelv*|estaf*|reembols*|bloque*|ladron*|robo|donde|fraude
        donde ~2 video|dinero|contenido ~5 pague|compre
        devuelv*|devolve*|devolver|devolucion|devuelva|regresa|regresame|regresen|reintegr*|retorna*|devuelban|devuelba ~3 %money|lo_que_pague|lo_pagado|100|50|20|todo
        devuelv*|devolve*|reembols* me? ~1 %money|ya|ahora
        quiero|exijo|pido|necesito|solicito|dame|demando|reclamo|espero|merezco|me_das|quisiera|donde_esta|cuando_llega|hazme ~3 reembolso|devolucion|reembolsen|reembolses|reembolse|reintegro !<politica
        quiero|exijo|dame|necesito|denme ~3 %money ~2 de_vuelta|devuelta|de_regreso|devuelto|atras
        reembolsa|reembolsame|reembolsenme|reembolseme
        contracargo*|retrocobro
        reclam*|disput*|denunci*|anular|revertir|devolver|cancelar|impugn* ~4 cargo|pago|banco|tarjeta|paypal|transaccion|compra|policia
        hablar|llamar|llamo|avisar|hable ~3 con|a|al ~1 mi? banco|paypal|la_tarjeta !y_me_dieron|y_nos_dieron|y_me_dan|y_nos_dan|y_me_aprobaron|y_nos_aprobaron|por_la_hipoteca|por_el_prestamo|sobre_la_hipoteca|para_la_hipoteca|para_abrir
        denunci* ~4 estafa|policia|te|fraude|cuenta|perfil|pagina
        estafa !<pelicula|sobre|serie|libro|documental|una_buena|de
        es|esto|son|vaya|menuda|pura|que ~2 estafa|fraude|robo|timo|engaño|engano|enganio|tomadura_de_pelo !<pelicula|sobre
        estafador*|estafando|estafaste|estafado|estafada|estafaron|me_estafo|timador*|timaste|me_timaron|ladrona|ladrones|me_robaste|me_robaron_el_dinero|robaste|me_robo_mi_dinero|me_enganaste|me_han_timado|tramposa !<pelicula
        pague|pagado|compre|comprado|pago|deposite|transferi|envie ~8 no|nada|nunca|ni|sin ~3 mand*|envi*|recib*|lleg*|entreg*|abr*|funciona|contest*|respond*|desbloque*|aparece !<cuando
        nunca|no|nada|sin ~4 recib*|llego|mandaste|enviaste|entreg*|mandas|llega ~7 pague|pagado|compre|comprado|pago
        cobr*|cobraste|cobraron|cargaron|descontaron ~2 dos_veces|doble|de_mas|sin_permiso|sin_autoriz*|2_veces|sin_mi_permiso
        te_quedaste_con|se_quedo_con|me_sacaste|me_quitaste ~1 mi? %money
        publicidad_enganosa|me_bloqueaste_despues|me_bloqueo_despues_de_pagar|dinero_tirado
    ",
    harmless: "
        despert*|levant* ~3 temprano|pronto|a_las|para_currar|para_trabajar|para_ir|el_lunes|los_lunes|lunes|tan_pronto|madrug*
        morir*|muero|morirme ~2 verguenza|risa|amor|amores|felicidad|ternura|pena_ajena|alegria|gusto|envidia|curiosidad
        matame|mateme|matenme ~2 lunes|examen*|otra_vez|ya_jaja|jaja*
        vitamin* ~2
        pastillas|capsulas|comprimidos ~2 vitamin*|magnesio|hierro
        en_deuda contigo|con_vos|con_usted|con_ustedes|con_tigo
        deuda ~1 de ~0 gratitud
        gana|ganan|pega|machaca|destroza me? ~1 al|a_las ~1 ajedrez|cartas|fifa|damas|domino|parchis|tenis
        puente|azotea|balcon|techo|acantilado ~6 fuegos|vista|vistas|atardecer|foto|fotos|hermos*|bonit*|estrellas|fiesta
        no ~1 sabe ~1 usar|como ~1
        puedo mas ~1 eres|estas|que_linda|de_risa|de_calor|con_el_calor|de_hambre
        ultim* ~0 noche|dia|semana ~2 vacaciones|trabajo|clases|viaje|curso|verano|rebajas
        mataria|mato|matar ~2 por|a_besos
        acabar|acaba|acabara ~1 conmigo ~1 $|!
        asesin* ~1 serie|serial
        mate|matar|maté|derrot* ~2 jefe|boss|dragon
        %news ~8 %grim ~4 %grim
        calor|frio|trabajo|jefe|jefa|examen|examenes|lunes|clases|sueno|resaca|tacones|zapatos|espera|ganas|hambre|tos|alergia|gym|piernas|uni|dieta|vecinos|suegra|curro|trafico|exs|ex|horario ~2 me? ~1 va|esta|van|estan ~1 a? ~0 matar|matando|mata|matan
        me ~0 mata|matas|matan|mataron|mato|estas_matando ~3 $|si|esa|ese|tu|la|el|warzone|juego|esta|esos|tus|por|cuando_llego|veces|partida !con_un|a_golpes !<v|vo|vou|qro|quero|kero|qero
        mama|madre|papa|jefe|jefa|novia|novio|esposa|marido|profe|hermana|viejo|vieja ~1 me ~1 mata|va_a_matar|matara|matan
        muero|muerto|muerta|morí|mori|muriendo|mata|mataron ~4 juego|partida|warzone|fortnite|free_fire|minecraft|jefe|nivel|boss|cod|gta|lol
        muero|muriendo|morir|muriéndome|muriendome ~1 por ~1 ver*|conocer*|tener*|comer|ir|probar|un|una|besar*
        perdi|perdiendo|pierdo|perder ~1 la ~0 cabeza|razon|voz|vista|paciencia
        %story ~7 %grim
        %grim ~6 %story
        %news ~8 %grim
        %grim ~5 %news
        de_muerte|de_mala_muerte|muerto_de|muerta_de|a_muerte|me_muero_jaja*|muerta_jaja*|toy_muert*|matador*|rico_que_muero|mortal|salto_mortal
        jefe|jefa|mama|novia|esposa|mujer|profe|madre|entrenador ~1 me ~1 va|vas ~1 a? ~1 matar
        me va a? matar ~1 mi jefe|jefa|mama|novia|esposa|mujer
        muero|morir|morirme|muriendo|mori|murio|muerto|muerta|muere|morirse ~1 de ~1 la? ~0 risa|ganas|hambre|sueno|cansancio|frio|calor|verguenza|amor|aburrimiento|ternura|celos|sed|envidia|emocion|curiosidad|nervios|placer|gusto|miedo_jaja
        muero|morir|muriendo por|x
        te ~2 quiero|voy|vo|va ~1 a? matar
        matar|mata|mate|matando ~2 jefe|boss|tiempo|zombis|zombies|enemigos|monstruo|mosquito*|dragon|rato
        suicid* ~1 squad|politico
        escuadron|mision ~0 suicida
        pelicula|serie|libro|cancion|documental|juego|novela|personaje|protagonista|capitulo|temporada|film|podcast|final|actor|actriz ~4 suicid*|muere|murio|mata|estafa|fraude|muerto|matan|morir|funeral|violacion|secuestr*
        suicid*|estafa|fraude|funeral|violacion|secuestro ~3 pelicula|serie|libro|cancion|documental|novela
        murio|muere|muerto|matan ~3 personaje|protagonista|serie|pelicula|final|capitulo|jefe|bateria|celular|movil|telefono
        no|nunca|jamas ~2 quiero|voy|pienso|haria|soy ~2 matarme|suicidarme|suicida|suicidarse|hacerme_dano|morir|morirme !mas|pero
        me_corte|cortarme|me_corto|corto ~2 pelo|cabello|dedo|unas|flequillo|afeitandome|cocinando|rasurandome|barba|con_papel|cocinar
        casi ~4 infarto|ataque
        me_dio_un_infarto|me_da_un_infarto|me_va_a_dar_un_infarto|de_infarto
        sigueme|siguiendo|sigue ~2 en ~1 insta*|ig|twitter|tiktok|facebook|redes
        me pega|mata ~2 color|estilo|look|cancion|outfit|foto
        tiro|tirarme|tirar|lanzarme|saltar ~3 sofa|cama|piscina|alberca|ducha|playa
        no|ya_no soy menor
        politica|politicas|condiciones|como_funciona|como_funcionan|hay|haces|hacen|aceptan|ofrecen|tienen ~3 reembolso*|devolucion*|reembolsos
        si|cuando ~3 no funciona ~4 reembols*|devuelv*|dinero
        no ~2 es|eres|sea|parece|era ~2 estafa|fraude|estafador*
        devuelveme|devolveme|devuelve ~1 el|mi|un beso|corazon|sonrisa
        no puedo vivir sin
        no ~2 quiero|puedo vivir sin ~1 tus|tu|fotos|videos|ti
        perdi mi celular|telefono|movil|cartera|vuelo|tren
        entierro_de_la_sardina|viuda_negra|duelo_de|batalla_y_duelo
        no_tengo deudas
    ",
    other_ages: "
        profe*|maestr*|doy_clases|docente ~5 secundaria|eso|primaria|grado|segundo|tercero|cuarto|primero|prepa|bachiller*
        hija|hijo|hermano|hermana|sobrin*|niet*|primo|prima|niño|niña ~5 secundaria|eso|primaria|primero|segundo|tercero|cuarto|quinto|sexto|prepa|bachiller*|grado
        cuando|desde ~2 tenia|tuve|que_tengo|los|los_mis ~1 %age
        desde|a|hace|con los|mis|unos|mas_de|los_mis ~0 %age
        hijo|hija|hermano|hermana|sobrino|sobrina|primo|prima|nieto|nieta|perro|gato|nino|nina|hermanito|hermanita ~2 tiene|cumple|cumplio|de|es ~2 %age|menor_de_edad
        tengo ~2 %age fotos|minutos|horas|dias|semanas|euros|videos|dolares|pesos|puntos|suscripciones|gatos|mensajes
    ",
    urges_harm: "
        matate|suicidate|quitate_la_vida|cortate|ahorcate|tirate|tomatelas_todas|hazte_dano
        deberias|puedes|debes|tienes_que|podrias ~1 morir*|matarte|suicidarte|desaparecer|cortarte|quitarte_la_vida
        todos|mundo ~2 mejor sin_ti
        nadie te ~1 extranar*|echaria|va_a_extranar
        muramos_juntos|morir_juntos|hazlo_ya|acaba_con_todo|acaba_con_tu_vida
    ",
    courts_minor: "
        edad_no_importa|edad_es_solo_un_numero|no_me_importa_tu_edad|no_importa_tu_edad|nuestro_secreto|no_le_digas_a_tus_padres|no_se_lo_digas_a_tus_padres|no_le_digas_a_tu_mama|di_que_tienes_18|borra_este_chat|me_gustan_jovencit*|me_gustan_menores
        tienes|solo_tienes ~1 %age ~0 anos|anitos
    ",
    slips: "suicidarme suicidio matarme reembolso estafadora estafador ambulancia desahucio entierro fallecio chantajeando",
};
