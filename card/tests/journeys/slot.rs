//! A slot of the virtual reader, in which many cards are played in turn.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};

use crate::stage::PATIENCE;

/// `virtual-card` at one slot; its card is out when dropped.
pub(crate) struct Slot {
    child: Child,
    input: Mutex<ChildStdin>,
    answers: Receiver<String>,
    events: Receiver<String>,
}

impl Slot {
    /// Starts it with no card in.
    pub(crate) fn start(port: u16) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_virtual-card"))
            .args(["--empty", "--port", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = Mutex::new(child.stdin.take().unwrap());
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (answer, answers) = sync_channel(1024);
        let (event, events) = sync_channel(65536);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let is_answer = line.starts_with("ok") || line.starts_with("error");
                let to = if is_answer { &answer } else { &event };
                if to.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input,
            answers,
            events,
        }
    }

    /// Gives a command that succeeds.
    pub(crate) fn say(&self, command: &str) {
        self.ask(command);
    }

    /// What a command that succeeds answers.
    pub(crate) fn ask(&self, command: &str) -> String {
        while self.answers.try_recv().is_ok() {}
        writeln!(self.input.lock().unwrap(), "{command}").unwrap();
        let answer = self.answers.recv_timeout(PATIENCE).expect("an answer");
        assert!(answer.starts_with("ok"), "{command}: {answer}");
        answer
    }

    /// Waits for an event of this name, passing over others.
    pub(crate) fn wait_for(&self, name: &str) {
        while self.events.recv_timeout(PATIENCE).expect(name) != name {}
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
