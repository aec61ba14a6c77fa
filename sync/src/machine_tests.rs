//! The worker's decisions, told as stories and as a random walk.

use proptest::prelude::*;

use super::*;

const PACE: Pace = Pace {
    interactive_ms: 3000,
    heartbeat_ms: 10_000,
    refresh_ms: 60_000,
    backoff_base_ms: 500,
    backoff_cap_ms: 30_000,
    quarantine_retry_ms: 300_000,
    erase_ms: 3_600_000,
};

fn commands(machine: &mut Machine, now_ms: u64) -> Vec<Command> {
    std::iter::from_fn(|| machine.next(now_ms)).collect()
}

/// A machine whose line is up and whose first commands are all done.
fn settled() -> Machine {
    let mut machine = Machine::new(PACE, 0);
    commands(&mut machine, 0);
    machine.erased(0);
    assert_eq!(machine.heard(0, true, 0.5), Some(Notice::LineUp));
    let mut seen = Vec::new();
    while let Some(command) = machine.next(0) {
        seen.push(command);
        match command {
            Command::Send { .. } => assert_eq!(machine.sent(0, Sent::Nothing, 0.5), None),
            Command::Refresh(item) => assert_eq!(machine.refreshed(0, item, None, 0.5), None),
            Command::Health | Command::Erase => unreachable!(),
        }
    }
    assert_eq!(seen.len(), 4, "the outbox, then everything once");
    machine
}

/// Protects the clock that signs, and a dead line: before health was heard nothing else is asked.
#[test]
fn health_comes_first() {
    let mut machine = Machine::new(PACE, 0);
    assert_eq!(commands(&mut machine, 0), [Command::Health, Command::Erase]);
    assert_eq!(machine.heard(10, false, 1.0), Some(Notice::LineDown));
    assert_eq!(commands(&mut machine, 509), []);
    assert_eq!(commands(&mut machine, 510), [Command::Health]);
    assert_eq!(machine.heard(520, false, 1.0), None);
    assert_eq!(machine.wake_ms(), 1520);
}

/// Protects a person who waits: a kick ends every back-off at once, with and without the line.
#[test]
fn a_kick_ends_back_offs() {
    let mut machine = settled();
    machine.kicked(100);
    assert_eq!(commands(&mut machine, 100), [Command::Send { from: None }]);
    machine.sent(110, Sent::Failed(Failure::Other), 1.0);
    assert_eq!(commands(&mut machine, 111), []);
    machine.kicked(112);
    assert_eq!(commands(&mut machine, 112), [Command::Send { from: None }]);
    machine.sent(113, Sent::Failed(Failure::Line), 1.0);
    assert_eq!(
        commands(&mut machine, 113),
        [Command::Health],
        "the line is doubted at once"
    );
    assert_eq!(machine.heard(114, false, 1.0), Some(Notice::LineDown));
    assert_eq!(commands(&mut machine, 115), []);
    machine.kicked(116);
    assert_eq!(commands(&mut machine, 116), [Command::Health]);
    assert_eq!(machine.heard(117, true, 1.0), Some(Notice::LineUp));
    assert!(commands(&mut machine, 117).contains(&Command::Send { from: None }));
}

/// Protects what is recorded while a batch is under way: its kick is not lost.
#[test]
fn a_kick_during_a_batch_is_kept() {
    let mut machine = settled();
    machine.kicked(100);
    assert_eq!(commands(&mut machine, 100), [Command::Send { from: None }]);
    machine.kicked(101);
    assert_eq!(commands(&mut machine, 101), [], "never two batches at once");
    machine.sent(102, Sent::Nothing, 0.5);
    assert_eq!(commands(&mut machine, 102), [Command::Send { from: None }]);
    machine.sent(103, Sent::Nothing, 0.5);
    assert_eq!(commands(&mut machine, 103), []);
}

/// Protects what is published while a look is under way: the wish to look again is not lost.
#[test]
fn a_refresh_during_a_look_is_kept() {
    let mut machine = settled();
    machine.refresh_all(100);
    let first = Command::Refresh(Item::Campaign);
    assert_eq!(commands(&mut machine, 100), [first]);
    machine.refresh_all(101);
    machine.refreshed(102, Item::Campaign, None, 0.5);
    assert_eq!(commands(&mut machine, 102), [first]);
}

/// Protects a loaded centre: its `Retry-After` stands against kicks and refreshes, not against
/// health.
#[test]
fn a_busy_centre_is_left_alone() {
    let mut machine = settled();
    machine.kicked(100);
    commands(&mut machine, 100);
    let busy = Failure::Busy {
        retry_after_ms: 20_000,
    };
    machine.sent(100, Sent::Failed(busy), 1.0);
    machine.kicked(200);
    machine.refresh_all(200);
    assert_eq!(commands(&mut machine, 19_999), [Command::Health]);
    machine.heard(20_000, true, 0.5);
    // Spread by half as long again.
    assert_eq!(commands(&mut machine, 30_099), [Command::Health]);
    assert!(commands(&mut machine, 30_100).contains(&Command::Send { from: None }));
}

/// Protects against a centre that was restored: it is sent again what it lost, and a centre that
/// names the same gap for ever is not asked for ever at full speed.
#[test]
fn gaps_are_filled() {
    let mut machine = settled();
    machine.kicked(100);
    commands(&mut machine, 100);
    machine.sent(100, Sent::Gap { next_seq: 3 }, 1.0);
    assert_eq!(
        commands(&mut machine, 100),
        [Command::Send { from: Some(3) }]
    );
    machine.sent(100, Sent::Answered, 1.0);
    assert_eq!(commands(&mut machine, 100), [Command::Send { from: None }]);
    machine.sent(100, Sent::Gap { next_seq: 3 }, 1.0);
    assert_eq!(commands(&mut machine, 100), []);
    assert_eq!(
        commands(&mut machine, 600),
        [Command::Send { from: Some(3) }]
    );
}

/// Protects a cloned or re-imaged terminal: it stops sending, says so once, and goes on after the
/// operator's word or a new enrolment.
#[test]
fn halts_are_told_once_and_lifted() {
    let mut machine = settled();
    machine.kicked(0);
    commands(&mut machine, 0);
    let told = machine.sent(0, Sent::Failed(Failure::Quarantined), 0.5);
    assert_eq!(told, Some(Notice::Quarantined));
    machine.kicked(1);
    assert_eq!(commands(&mut machine, 1), []);
    let now_ms = PACE.quarantine_retry_ms;
    assert!(commands(&mut machine, now_ms).contains(&Command::Send { from: None }));
    assert_eq!(
        machine.sent(now_ms, Sent::Failed(Failure::Quarantined), 0.5),
        None
    );
    commands(&mut machine, now_ms * 2);
    assert_eq!(
        machine.sent(now_ms * 2, Sent::Answered, 0.5),
        Some(Notice::Resumed)
    );

    let now_ms = now_ms * 2;
    commands(&mut machine, now_ms);
    let told = machine.sent(now_ms, Sent::Failed(Failure::EpochEnded), 0.5);
    assert_eq!(told, Some(Notice::EpochEnded));
    machine.kicked(now_ms + 1);
    assert!(!commands(&mut machine, now_ms + 1).contains(&Command::Send { from: None }));
    assert_eq!(machine.enrolled(now_ms + 2), Some(Notice::Resumed));
    assert!(commands(&mut machine, now_ms + 2).contains(&Command::Send { from: None }));
}

/// Protects the centre against a fleet in step: heartbeats of two devices fall on different moments.
#[test]
fn heartbeats_are_spread() {
    let beat = |spread| {
        let mut machine = Machine::new(PACE, spread);
        commands(&mut machine, 0);
        machine.erased(0);
        machine.heard(0, true, 0.5);
        machine.health.due_ms
    };
    assert_eq!((beat(0), beat(2500), beat(17_500)), (10_000, 7500, 2500));
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Pass(u16),
    Kick,
    RefreshAll,
    Enrolled,
    Health(bool),
    Send(u8),
    Refresh(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<u16>().prop_map(Step::Pass),
        2 => Just(Step::Kick),
        1 => Just(Step::RefreshAll),
        1 => Just(Step::Enrolled),
        3 => any::<bool>().prop_map(Step::Health),
        4 => (0..9_u8).prop_map(Step::Send),
        3 => (0..7_u8).prop_map(Step::Refresh),
    ]
}

fn failure_of(code: u8) -> Failure {
    match code {
        0 => Failure::Line,
        1 => Failure::Busy {
            retry_after_ms: 7000,
        },
        2 => Failure::Quarantined,
        3 => Failure::EpochEnded,
        4 => Failure::NotEnrolled,
        _ => Failure::Other,
    }
}

fn sent_of(code: u8) -> Sent {
    match code {
        6 => Sent::Nothing,
        7 => Sent::Answered,
        8 => Sent::Gap { next_seq: 1 },
        failure => Sent::Failed(failure_of(failure)),
    }
}

proptest! {
    /// Protects the worker from stopping or running wild: never two of a kind at once, nothing but
    /// health while the line is down, changes of the line told alternately, always a time to wake;
    /// and whatever happened before, once faults stop the outbox is sent.
    #[test]
    fn any_walk_ends_in_an_empty_outbox(steps in proptest::collection::vec(step(), 0..200), jitter in 0.0..1.0) {
        let mut machine = Machine::new(PACE, 1234);
        let mut now_ms = 0;
        let mut under_way: Vec<Command> = Vec::new();
        let mut line_told = None;
        let mut halted = false;
        let start = |machine: &mut Machine, now_ms, under_way: &mut Vec<Command>| {
            let up = machine.line == Line::Up;
            for command in commands(machine, now_ms) {
                let kind = std::mem::discriminant(&command);
                prop_assert!(under_way.iter().all(|other| std::mem::discriminant(other) != kind));
                prop_assert!(up || matches!(command, Command::Health | Command::Erase));
                under_way.push(command);
            }
            Ok(())
        };
        let finish = |under_way: &mut Vec<Command>, wanted: fn(&Command) -> bool| {
            let index = under_way.iter().position(wanted)?;
            Some(under_way.swap_remove(index))
        };
        for step in steps {
            start(&mut machine, now_ms, &mut under_way)?;
            let notice = match step {
                Step::Pass(ms) => { now_ms += u64::from(ms); None }
                Step::Kick => { machine.kicked(now_ms); None }
                Step::RefreshAll => { machine.refresh_all(now_ms); None }
                Step::Enrolled => machine.enrolled(now_ms),
                Step::Health(well) => finish(&mut under_way, |command| *command == Command::Health)
                    .and_then(|_| machine.heard(now_ms, well, jitter)),
                Step::Send(code) => finish(&mut under_way, |command| matches!(command, Command::Send { .. }))
                    .and_then(|_| machine.sent(now_ms, sent_of(code), jitter)),
                Step::Refresh(code) => {
                    let failure = (code < 6).then(|| failure_of(code));
                    match finish(&mut under_way, |command| matches!(command, Command::Refresh(_))) {
                        Some(Command::Refresh(item)) => machine.refreshed(now_ms, item, failure, jitter),
                        _ => None,
                    }
                }
            };
            if let Some(notice @ (Notice::LineUp | Notice::LineDown)) = notice {
                prop_assert_ne!(line_told, Some(notice));
                line_told = Some(notice);
            }
            halted = machine.halt.is_some();
        }
        // Faults stop: enrolled, everything succeeds, the outbox holds three batches.
        if halted {
            machine.enrolled(now_ms);
        }
        machine.kicked(now_ms);
        let mut batches = 3;
        for _ in 0..200 {
            start(&mut machine, now_ms, &mut under_way)?;
            for command in std::mem::take(&mut under_way) {
                match command {
                    Command::Health => { machine.heard(now_ms, true, jitter); }
                    Command::Erase => machine.erased(now_ms),
                    Command::Refresh(item) => { machine.refreshed(now_ms, item, None, jitter); }
                    Command::Send { .. } if batches > 0 => {
                        batches -= 1;
                        machine.sent(now_ms, Sent::Answered, jitter);
                    }
                    Command::Send { .. } => { machine.sent(now_ms, Sent::Nothing, jitter); }
                }
            }
            if batches == 0 && !machine.waiting {
                break;
            }
            prop_assert!(machine.wake_ms() < u64::MAX);
            now_ms = now_ms.max(machine.wake_ms());
        }
        prop_assert_eq!(batches, 0);
        prop_assert!(!machine.waiting);
    }
}
