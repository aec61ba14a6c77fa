//! The only place that makes subscriptions: devices, the line and the clock, as messages. Streams
//! never end: one that did would never be started again.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt as _};
use iced::Subscription;
use tokio::sync::mpsc::Receiver;

use crate::clock::Clock;
use crate::effect::Terminal;
use crate::message::Message;
use crate::report;

/// How often the visit is told the time: often enough for a countdown in seconds.
const TICK: Duration = Duration::from_millis(500);

/// Everything the application hears.
#[derive(Clone)]
pub struct Feeds {
    card: Feed<card::Event>,
    printer: Feed<printer::Event>,
    line: Feed<sync::Event>,
    terminal: Arc<Terminal>,
}

impl Feeds {
    /// Takes the devices' channels.
    #[must_use]
    pub fn new(
        card: Receiver<card::Event>,
        printer: Receiver<printer::Event>,
        line: Receiver<sync::Event>,
        terminal: Arc<Terminal>,
    ) -> Self {
        Self {
            card: Feed::new("card", card),
            printer: Feed::new("printer", printer),
            line: Feed::new("line", line),
            terminal,
        }
    }

    /// One subscription for each.
    pub fn subscription(&self, clock: Clock) -> Subscription<Message> {
        let context = Context {
            terminal: Arc::clone(&self.terminal),
            clock,
        };
        Subscription::batch([
            Subscription::run_with(self.card.with(&context), |feed| {
                feed.messages(|event, _| Box::pin(async move { report::card(event) }))
            }),
            Subscription::run_with(self.printer.with(&context), |feed| {
                feed.messages(|event, context| {
                    Box::pin(async move {
                        report::printer(&context.terminal, event, context.clock).await
                    })
                })
            }),
            Subscription::run_with(self.line.with(&context), |feed| {
                feed.messages(|event, _| Box::pin(async move { report::line(event) }))
            }),
            Subscription::run_with(Ticks(clock), |ticks| {
                let clock = ticks.0;
                let mut interval = tokio::time::interval(TICK);
                interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
                stream::unfold(interval, move |mut interval| async move {
                    interval.tick().await;
                    Some((Message::Tick(clock.moment()), interval))
                })
            }),
        ])
    }
}

/// What a feed needs to turn an event into an input.
#[derive(Clone)]
struct Context {
    terminal: Arc<Terminal>,
    clock: Clock,
}

type Report = futures::future::BoxFuture<'static, Option<domain::visit::Input>>;

/// A device's channel, named: the name is its identity among the subscriptions.
struct Feed<Event> {
    name: &'static str,
    receiver: Arc<Mutex<Option<Receiver<Event>>>>,
}

impl<Event> Clone for Feed<Event> {
    fn clone(&self) -> Self {
        Self {
            name: self.name,
            receiver: Arc::clone(&self.receiver),
        }
    }
}

impl<Event: Send + 'static> Feed<Event> {
    fn new(name: &'static str, receiver: Receiver<Event>) -> Self {
        Self {
            name,
            receiver: Arc::new(Mutex::new(Some(receiver))),
        }
    }

    fn with(&self, context: &Context) -> OpenFeed<Event> {
        OpenFeed {
            name: self.name,
            receiver: Arc::clone(&self.receiver),
            context: context.clone(),
        }
    }
}

/// A feed with what it needs, as a subscription's recipe.
struct OpenFeed<Event> {
    name: &'static str,
    receiver: Arc<Mutex<Option<Receiver<Event>>>>,
    context: Context,
}

impl<Event> Hash for OpenFeed<Event> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl<Event: Send + 'static> OpenFeed<Event> {
    /// The stream of this channel; a second taker would get a silent one.
    fn messages(&self, report: fn(Event, Context) -> Report) -> BoxStream<'static, Message> {
        let taken = self
            .receiver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let context = self.context.clone();
        let Some(receiver) = taken else {
            return stream::pending().boxed();
        };
        let events = stream::unfold(receiver, |mut receiver| async move {
            match receiver.recv().await {
                Some(event) => Some((event, receiver)),
                None => std::future::pending().await,
            }
        });
        events
            .then(move |event| report(event, context.clone()))
            .filter_map(|input| async move { input.map(|input| Message::Input(Box::new(input))) })
            .boxed()
    }
}

#[derive(Clone, Copy)]
struct Ticks(Clock);

impl Hash for Ticks {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "ticks".hash(state);
    }
}
