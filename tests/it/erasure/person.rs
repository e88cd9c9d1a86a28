//! Accounts of people that were erased and that an older copy of the tables brings back: one command erases them again, in the
//! workspaces that they were members of as well, and touches nobody else (decision 0039).

use serde_json::{Value, json};
use tests::{Api, Bot, Creator, Person, World};

use super::restored::{REPLAY, RESTORED, Tables, copy, put_back};
use super::rows::{self, text};
use super::stage::tenant;
use crate::canary::forms;
use crate::journey_access::prove;
use crate::journey_account::{close, enter, erase, frozen};
use crate::journey_closing::over;
use crate::journey_team::{Colleague, colleague, newcomer};
use crate::journey_tokens::{Token, make};

const ME: &str = "/api/v1/me";
const MEMBERS: &str = "/api/v1/workspace/members";
const CONVERSATIONS: &str = "/api/v1/conversations";
/// What the two are called and where they are written to: of both nothing may be readable.
const CANARIES: [&str; 6] = [
    "Vexxafirst",
    "Vexxalast",
    "vexxafirst.vexxalast@example.com",
    "Quillafirst",
    "Quillalast",
    "quillafirst.quillalast@example.com",
];
/// Kinds that stay of an account until their own time is over, beside the log.
const STAY: [&str; 3] = ["erased", "idempotency", "notice"];
/// Kinds that lead to a person, or say what they may.
const GONE: [&str; 6] = [
    "login",
    "member",
    "passkeys",
    "session",
    "user_login",
    "user_session",
];

/// A workspace that stays, somebody who is in its team, and somebody who is in none.
struct Stage {
    world: World,
    mira: Creator,
    bot: Bot,
    robin: Person,
    chat: String,
    member: Colleague,
    token: Token,
    loner: Api,
    loner_email: String,
    /// Ids of both.
    users: [String; 2],
}

impl Stage {
    async fn open() -> Self {
        let world = World::start().await;
        let mira = world.creator("Mira Vale").await;
        let bot = mira.connect_bot(&world, "mira_staying_bot").await;
        let robin = world.person("Robin", "en").await;
        robin.says(&world, &bot, "hello").await;
        let chat = text(&mira.conversation("Robin").await["id"]);
        mira.answer(&chat, "good day").await;
        let manager = json!({ "role": "manager" });
        let member = colleague(&world, &mira.api, "Vexxafirst Vexxalast", manager).await;
        prove(&member.api, None).await;
        let token = make(&world, &member.api, &["read_conversations"], 1).await;
        let (loner, loner_email) = newcomer(&world, "Quillafirst Quillalast").await;
        let me = loner.get(ME).await.expect(200);
        let users = [member.user.clone(), text(&me["id"])];
        world.settled().await;
        Self {
            world,
            mira,
            bot,
            robin,
            chat,
            member,
            token,
            loner,
            loner_email,
            users,
        }
    }

    /// Both close their accounts, one after the other, and their seven days pass.
    async fn erase(&self) {
        let people = [
            (&self.member.api, &self.member.email),
            (&self.loner, &self.loner_email),
        ];
        for (api, email) in people {
            prove(api, None).await;
            close(api).await.expect(202);
            frozen(&self.world).await;
            erase(&self.world).await;
            self.world.mail_saying(email, "signed certificate").await;
            self.world.settled().await;
        }
    }

    /// The command, and all that comes of it.
    async fn replay(&self) {
        let answer = self.world.api().post(REPLAY, &json!({})).await.expect(200);
        let both = json!({ "workspaces": 0, "closed": 2, "after": null });
        assert_eq!(answer, both);
        self.world.settled().await;
        over(&self.world).await;
        self.world.settled().await;
    }

    /// Has the member's row of a copy be there again, and nothing else of it.
    fn put_back_member(&self, copy: &Tables) {
        let mut tables = copy.iter();
        let copied = tables.find(|(table, _)| table.ends_with(RESTORED[0]));
        let (table, rows) = copied.expect("a copy of the rows");
        let is_theirs =
            |row: &&Value| row["kind"]["S"] == "member" && row["user"]["S"] == self.users[0];
        let rows: Vec<&Value> = rows.iter().filter(is_theirs).collect();
        assert_eq!(rows.len(), 1, "a row for each membership");
        let database = self.world.host.aws().dynamodb();
        let loaded = database.load(table, &json!(rows).to_string());
        loaded.expect("it is written");
    }

    /// Whom the team sees.
    async fn team(&self) -> Vec<String> {
        let team = self.mira.api.get(MEMBERS).await.expect(200);
        let members = team["members"].as_array().expect("a list").iter();
        members.map(|member| text(&member["name"])).collect()
    }

    async fn statuses(&self) -> [u16; 3] {
        [
            self.member.api.get(ME).await.status,
            self.token.api.get(CONVERSATIONS).await.status,
            self.loner.get(ME).await.status,
        ]
    }

    /// Nothing of the two opens, leads anywhere or can be read, and their certificates say what went.
    async fn nothing_is_left(&self) {
        let world = &self.world;
        assert_eq!(self.statuses().await, [401; 3]);
        for email in [&self.member.email, &self.loner_email] {
            let mut last = world.mails_to(email);
            let says = |text: &String| text.contains("signed certificate");
            last.retain(|mail| mail.text.as_ref().is_some_and(says));
            assert_eq!(last.len(), 1, "told once");
        }
        assert_eq!(self.team().await, ["Mira Vale"]);

        let all = rows::dump(world).await;
        for user in &self.users {
            let own = rows::of(&all, user.rsplit_once('_').expect("a prefix").1);
            let mut kinds: Vec<_> = rows::count(&own).into_keys().collect();
            kinds.retain(|kind| !kind.starts_with("audit_") && !STAY.contains(&kind.as_str()));
            assert_eq!(kinds, Vec::<String>::new(), "{user}");
        }
        let leads = |row: &&Value| {
            let of_them = self.users.iter().any(|user| row["user"]["S"] == *user);
            of_them && GONE.iter().any(|kind| row["kind"]["S"] == *kind)
        };
        assert_eq!(all.values().find(leads), None);
        let dump = world.control("/dump").await["tables"].to_string();
        let sealed = rows::opened(world, &tenant(&self.mira).await).await;
        for word in CANARIES {
            let stands = forms(word).iter().any(|form| dump.contains(form));
            assert!(!stands, "{word} in the tables");
            // An invitation is the workspace's own: its address ends with it, after a week.
            let opens = sealed.contains(word) && !word.contains('@');
            assert!(!opens, "{word} opens");
        }
        self.certificates().await;
        assert_eq!(world.depth("-closings-dlq"), 0);
    }

    /// Nobody knows them who logs in.
    async fn no_way_in(&self) {
        for email in [&self.member.email, &self.loner_email] {
            let refused = enter(&self.world, email).await;
            assert_eq!(refused.problem(422), "wrong_credentials");
        }
    }

    async fn certificates(&self) {
        let marks = self.world.rows("closed").await;
        assert_eq!(marks.len(), 2, "{marks:?}");
        for (_, mark) in marks {
            let certificate = mark["certificate"]["S"].as_str().expect("signed");
            let certificate: Value = serde_json::from_str(certificate).expect("JSON");
            assert_eq!(certificate["subject"], "account");
            assert_eq!(certificate["deleted"]["keys"]["tenant_key"], 1);
            assert_eq!(certificate["deleted"]["tenant"]["account"], 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p27_accounts_that_an_older_copy_brings_back_are_erased_again_in_their_teams_too() {
    let stage = Stage::open().await;
    let world = &stage.world;
    let said = stage.mira.messages(&stage.chat).await;
    let before = copy(world);
    let team = ["Mira Vale", "Vexxafirst Vexxalast"];
    assert_eq!(stage.team().await, team);
    stage.erase().await;
    stage.nothing_is_left().await;

    // All of it is back, sessions and tokens too; the mark of the erasure is lost with it.
    put_back(world, &before, &RESTORED);
    assert_eq!(stage.statuses().await, [200; 3], "they are back");
    assert_eq!(stage.team().await, team);
    assert!(world.rows("closed").await.is_empty());
    stage.replay().await;
    stage.nothing_is_left().await;
    stage.no_way_in().await;

    // Without the table of logins nothing leads from the person to the team that shows them.
    put_back(world, &before, &RESTORED[..2]);
    assert_eq!(stage.statuses().await, [401; 3]);
    assert_eq!(stage.team().await, team);
    stage.replay().await;
    stage.nothing_is_left().await;

    // So it looks where the job of that workspace came to nothing: the account is gone, and the next run takes the rest along.
    stage.put_back_member(&before);
    assert_eq!(stage.team().await, team);
    stage.replay().await;
    stage.nothing_is_left().await;

    // Once more there is nothing to do, and the neighbour reads and writes as before.
    stage.replay().await;
    stage.nothing_is_left().await;
    stage.no_way_in().await;
    assert_eq!(stage.mira.messages(&stage.chat).await, said);
    stage.mira.answer(&stage.chat, "how are you?").await;
    stage.robin.says(world, &stage.bot, "fine").await;
    world.settled().await;
    let texts = stage.mira.messages(&stage.chat).await;
    let has = |wanted: &str| texts.iter().any(|one| one["text"] == wanted);
    assert!(has("how are you?") && has("fine"), "{texts:?}");
    world.host.stop().await;
}
