//! Access tokens somebody made, changed, kept too long or brings in a strange way: none opens a door.
#![cfg(test)]

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::{Method, StatusCode};
use salus_store::sealing::Place;
use salus_test_support::TestApp;
use salus_types::accounts::OpenSession;
use salus_types::people::PeopleQuery;
use salus_types::problem::{FORBIDDEN, UNAUTHENTICATED};
use serde_json::{Value, json};
use uuid::Uuid;

/// A forger who even has the installation's key, so that each check is seen to hold by itself.
struct Forger {
    app: TestApp,
    good: String,
    header: Value,
    payload: Value,
    ours: Ed25519KeyPair,
    theirs: Ed25519KeyPair,
}

fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

impl Forger {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let command = OpenSession {
            email: Some("employee@sandbox.example".to_owned()),
            user_name: None,
            password: salus_api::sandbox::PASSWORD.to_owned(),
            portal: None,
        };
        let good = app.anonymous().open_session(&command).await.unwrap();
        let good = good.access_token;
        let parts: Vec<&str> = good.split('.').collect();
        let (header, payload) = (decoded(parts[0]), decoded(parts[1]));
        let mut tx = app.state.database.authn().await.unwrap();
        let keys = salus_store::accounts::signing_keys(tx.connection())
            .await
            .unwrap();
        tx.rollback().await;
        let key = keys.first().unwrap();
        let place = Place {
            table: "signing_keys",
            column: "sealed_private_key",
            row: key.kid.parse().unwrap(),
        };
        let secret = app
            .state
            .key_file
            .derive("signing keys")
            .open(&place, &key.sealed_private_key)
            .unwrap();
        Self {
            app,
            ours: Ed25519KeyPair::from_pkcs8(&secret).unwrap(),
            theirs: Ed25519KeyPair::generate().unwrap(),
            good,
            header,
            payload,
        }
    }

    fn signed_by(key: &Ed25519KeyPair, header: &Value, payload: &Value) -> String {
        let said = format!("{}.{}", encoded(header), encoded(payload));
        let signature = URL_SAFE_NO_PAD.encode(key.sign(said.as_bytes()));
        format!("{said}.{signature}")
    }

    /// Signed with the installation's key; some of the header is other.
    fn header(&self, changes: Value) -> String {
        Self::signed_by(&self.ours, &merged(&self.header, changes), &self.payload)
    }

    /// Signed with the installation's key; some of what it says is other.
    fn payload(&self, changes: Value) -> String {
        Self::signed_by(&self.ours, &self.header, &merged(&self.payload, changes))
    }

    /// Signed with a key of the forger's own.
    fn own_key(&self, changes: Value) -> String {
        Self::signed_by(&self.theirs, &merged(&self.header, changes), &self.payload)
    }

    /// Unsigned, or signed in another way.
    fn with_signature(&self, changes: Value, signature: &str) -> String {
        let header = merged(&self.header, changes);
        format!(
            "{}.{}.{signature}",
            encoded(&header),
            encoded(&self.payload)
        )
    }

    /// The parts of the good token.
    fn parts(&self) -> [&str; 3] {
        let mut parts = self.good.split('.');
        std::array::from_fn(|_| parts.next().unwrap())
    }

    async fn status(&self, authorization: &str) -> StatusCode {
        let client = self.app.anonymous();
        let request = client
            .request(Method::GET, "/api/v1/auth/session")
            .unwrap()
            .header("authorization", authorization);
        match client.send(request).await {
            Ok(response) => response.status(),
            Err(error) => {
                let status = error.problem().expect("a problem").status;
                StatusCode::from_u16(status).unwrap()
            }
        }
    }

    fn attacks(&self) -> Vec<(&'static str, String)> {
        let [header, payload, signature] = self.parts();
        let now = self.app.state.clock.session_now().timestamp();
        let public = self.ours.public_key().as_ref();
        let hs256 = json!({"alg": "HS256"});
        let said = format!(
            "{}.{}",
            encoded(&merged(&self.header, hs256.clone())),
            encoded(&self.payload)
        );
        let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, public), said.as_bytes());
        let their_jwk = json!({
            "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(self.theirs.public_key())
        });
        let kid = |kid: Value| self.header(json!({ "kid": kid }));
        vec![
            (
                "no signature",
                self.with_signature(json!({"alg": "none"}), ""),
            ),
            (
                "none, written otherwise",
                self.with_signature(json!({"alg": "nOnE"}), ""),
            ),
            (
                "none, with the good signature",
                self.with_signature(json!({"alg": "NONE"}), signature),
            ),
            (
                "the public key as a secret",
                format!("{said}.{}", URL_SAFE_NO_PAD.encode(mac.as_ref())),
            ),
            ("another algorithm", self.header(json!({"alg": "ES256"}))),
            (
                "an algorithm nobody knows",
                self.header(json!({"alg": "EdDSA2"})),
            ),
            ("no algorithm", self.header(json!({"alg": null}))),
            ("another type", self.header(json!({"typ": "JWT"}))),
            ("no type", self.header(json!({"typ": null}))),
            ("no key named", kid(json!(null))),
            ("an unknown key", kid(json!(Uuid::now_v7()))),
            ("a path as a key", kid(json!("../../../../dev/null"))),
            ("a statement as a key", kid(json!("' OR '1'='1"))),
            ("a list as a key", kid(json!(["a", "b"]))),
            ("a key of the forger's", self.own_key(json!({}))),
            (
                "a key in the header",
                self.own_key(json!({"jwk": their_jwk})),
            ),
            (
                "a key at an address",
                self.own_key(json!({"jku": "https://192.0.2.1/keys"})),
            ),
            (
                "a certificate at an address",
                self.own_key(json!({"x5u": "https://192.0.2.1/cert"})),
            ),
            (
                "a certificate in the header",
                self.own_key(json!({"x5c": ["MIIB"]})),
            ),
            (
                "another issuer",
                self.payload(json!({"iss": "https://elsewhere.example"})),
            ),
            ("no issuer", self.payload(json!({"iss": null}))),
            ("another audience", self.payload(json!({"aud": "another"}))),
            ("no audience", self.payload(json!({"aud": null}))),
            ("over", self.payload(json!({"exp": now - 1}))),
            ("over this second", self.payload(json!({"exp": now}))),
            ("without an end", self.payload(json!({"exp": null}))),
            ("an end in words", self.payload(json!({"exp": "tomorrow"}))),
            (
                "an end before time began",
                self.payload(json!({"exp": i64::MIN})),
            ),
            ("not yet", self.payload(json!({"nbf": now + 60}))),
            ("without a beginning", self.payload(json!({"nbf": null}))),
            ("of no account", self.payload(json!({"sub": null}))),
            (
                "of a session that never was",
                self.payload(json!({"sid": Uuid::now_v7()})),
            ),
            (
                "of the account as it was before",
                self.payload(json!({"epoch": -1})),
            ),
            (
                "of the account as it may become",
                self.payload(json!({"epoch": 1_000})),
            ),
            (
                "saying nothing",
                Self::signed_by(&self.ours, &self.header, &json!({})),
            ),
            (
                "saying a list",
                Self::signed_by(&self.ours, &self.header, &json!([self.payload])),
            ),
            (
                "a payload changed afterwards",
                format!(
                    "{header}.{}.{signature}",
                    encoded(&merged(&self.payload, json!({"epoch": 2})))
                ),
            ),
            (
                "a signature cut short",
                format!("{header}.{payload}.{}", &signature[..signature.len() - 2]),
            ),
            (
                "a signature of zeros",
                format!("{header}.{payload}.{}", URL_SAFE_NO_PAD.encode([0; 64])),
            ),
            (
                "the signature of another",
                format!(
                    "{header}.{payload}.{}",
                    self.payload(json!({"jti": Uuid::now_v7()}))
                        .split('.')
                        .next_back()
                        .unwrap()
                ),
            ),
            (
                "a signature counted once around",
                format!(
                    "{header}.{payload}.{}",
                    URL_SAFE_NO_PAD
                        .encode(once_around(&URL_SAFE_NO_PAD.decode(signature).unwrap()))
                ),
            ),
            ("padded", format!("{header}.{payload}.{signature}==")),
            (
                "in the other alphabet",
                format!(
                    "{header}.{}.{signature}",
                    STANDARD.encode(self.payload.to_string() + "???>>>")
                ),
            ),
            ("a fourth part", format!("{}.e30", self.good)),
            ("two parts", format!("{header}.{payload}")),
            ("two tokens", format!("{}{}", self.good, self.good)),
            ("no token", String::new()),
            ("dots", "..".to_owned()),
            ("endless", "A".repeat(6_000)),
        ]
    }
}

/// The same object with some members other; null takes one away.
fn merged(of: &Value, changes: Value) -> Value {
    let mut merged = of.clone();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(merged.as_object_mut().unwrap().remove(name)),
            value => merged[name] = value.clone(),
        }
    }
    merged
}

/// An Ed25519 signature whose second half has the order of the group added: it would hold in
/// libraries that do not ask for the least value.
fn once_around(signature: &[u8]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let (point, scalar) = signature.split_at(32);
    let mut carry = 0_u16;
    let sum = scalar.iter().zip(ORDER).map(|(one, other)| {
        let sum = u16::from(*one) + u16::from(other) + carry;
        carry = sum >> 8;
        (sum & 0xff) as u8
    });
    let sum: Vec<u8> = sum.collect();
    [point, &sum].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_forged_changed_or_outlived_token_opens_a_door() {
    let forger = Forger::start().await;
    let brought = |token: &str| format!("Bearer {token}");
    assert_eq!(forger.status(&brought(&forger.good)).await, StatusCode::OK);
    // What the forger signs is as good as the server's own, so that only the change is refused.
    let same = forger.payload(json!({}));
    assert_eq!(forger.status(&brought(&same)).await, StatusCode::OK);
    let attacks = forger.attacks();
    assert!(attacks.len() >= 40);
    for (what, token) in attacks {
        let status = forger.status(&brought(&token)).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_taken_from_its_header_only() {
    let forger = Forger::start().await;
    let good = &forger.good;
    for strange in [
        format!("Basic {good}"),
        format!("Token {good}"),
        good.clone(),
        format!("Bearer{good}"),
    ] {
        assert_eq!(forger.status(&strange).await, StatusCode::UNAUTHORIZED);
    }
    let client = forger.app.anonymous();
    for (path, cookie) in [
        (
            format!("/api/v1/auth/session?access_token={good}"),
            String::new(),
        ),
        (
            "/api/v1/auth/session".to_owned(),
            format!("access_token={good}; token={good}"),
        ),
    ] {
        let request = client.request(Method::GET, &path).unwrap();
        let error = client
            .send(request.header("cookie", cookie))
            .await
            .unwrap_err();
        assert!(
            error
                .problem()
                .is_some_and(|problem| matches!(problem.status, 400 | 401))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_taken_away_and_an_account_closed_act_on_the_next_request() {
    let app = TestApp::start().await;
    let clinician = app.clinician().await;
    let account = clinician.get_session().await.unwrap().account_id;
    clinician
        .list_people(&PeopleQuery::default())
        .await
        .unwrap();
    let change = async |sql: &str| {
        app.database
            .execute(&sql.replace("{account}", &account.to_string()))
            .await;
    };
    change("DELETE FROM role_grants WHERE account_id = '{account}'").await;
    let refused = clinician.list_people(&PeopleQuery::default()).await;
    assert!(refused.unwrap_err().is(FORBIDDEN));
    clinician.get_session().await.unwrap();
    change("UPDATE accounts SET state = 'suspended' WHERE id = '{account}'").await;
    assert!(
        clinician
            .get_session()
            .await
            .unwrap_err()
            .is(UNAUTHENTICATED)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_changed_ends_what_was_signed_in_before() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let account = employee.get_session().await.unwrap().account_id;
    app.database
        .execute(&format!(
            "UPDATE accounts SET epoch = epoch + 1 WHERE id = '{account}'"
        ))
        .await;
    assert!(
        employee
            .get_my_profile()
            .await
            .unwrap_err()
            .is(UNAUTHENTICATED)
    );
}
