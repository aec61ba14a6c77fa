//! Look-ups read from a replica; whatever is decided is read from the database itself.

use central::apply::{self, PersonAct};
use central::clock::Clock;
use central::{database, http};
use domain::channel::Channel;
use domain::operation::Outcome;
use uuid::Uuid;

use crate::common::{Centre, Terminal};
use crate::contest::person_id;

/// Protects decisions from a replica that is behind or away: with none to be reached look-ups ask
/// to come again, and a person's operation is applied all the same.
#[tokio::test]
async fn nothing_is_decided_from_a_replica() {
    let centre = Centre::start();
    let scout = Terminal::enrol(&centre, centre.code(1)).await;
    let person = &centre.called(&scout.roster().await, 1)[0];
    let category = person.category(&scout).await;
    let pool = database::pool(&centre.database, 4).unwrap();
    let clock = Clock::ahead_by_seconds(centre.offset.as_secs());
    let with_replica = http::Centre::new(pool.clone(), clock);
    with_replica.look_up_in(database::pool("postgres:///gone?host=/nowhere", 1).unwrap());

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = http::router(std::sync::Arc::clone(&with_replica));
    let served = tokio::spawn(axum::serve(listener, router).into_future());
    let status = async |address: &str| {
        let asked = centre.http.get(format!("{address}/v1/rounds")).send();
        asked.await.unwrap().status().as_u16()
    };
    assert_eq!(status(&centre.address).await, 200);
    assert_eq!(status(&format!("http://{address}")).await, 503);

    let act = PersonAct {
        channel: Channel::Web,
        person: person_id(&pool, person).await,
        key: Uuid::now_v7(),
        body: person.willing(category, &["moderna"]),
    };
    let reply = apply::person(&with_replica, act).await.unwrap();
    assert_eq!(reply.outcome, Outcome::Applied { number: None });
    served.abort();
    centre.finish().await;
}
