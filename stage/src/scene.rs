//! One scripted visit under way: the world, the customer, and what was seen and checked.

use std::path::PathBuf;
use std::time::Duration;

use crate::customer::Customer;
use crate::people::Person;
use crate::world::World;
use crate::{Error, wait};

/// How long paper, centre and outbox may take on a busy machine.
pub const LIMIT: Duration = Duration::from_secs(90);

/// What a visit works with.
#[derive(Debug)]
pub struct Scene<'a> {
    /// All the parts.
    pub world: &'a mut World,
    /// Somebody at the kiosk.
    pub customer: Customer,
    pictures_folder: PathBuf,
    visit: &'static str,
    pictures: Vec<PathBuf>,
    checks: Vec<String>,
}

impl<'a> Scene<'a> {
    /// Sets the scene for a visit; pictures go into `pictures_folder`, named by the visit.
    ///
    /// # Errors
    /// Those of connecting to the display.
    pub fn new(
        world: &'a mut World,
        pictures_folder: PathBuf,
        visit: &'static str,
    ) -> Result<Self, Error> {
        let customer = world.customer()?;
        Ok(Self {
            world,
            customer,
            pictures_folder,
            visit,
            pictures: Vec::new(),
            checks: Vec::new(),
        })
    }

    /// A screenshot named `VISIT-NN-NAME.png`.
    ///
    /// # Errors
    /// Those of the display and the file.
    pub fn picture(&mut self, name: &str) -> Result<(), Error> {
        let number = self.pictures.len() + 1;
        let path = self
            .pictures_folder
            .join(format!("{}-{number:02}-{name}.png", self.visit));
        self.customer.takes_picture(&path)?;
        self.pictures.push(path);
        Ok(())
    }

    /// Something that must hold now.
    ///
    /// # Errors
    /// [`Error::NotAsExpected`].
    pub fn check(&mut self, what: &str, holds: bool) -> Result<(), Error> {
        if !holds {
            return Err(Error::NotAsExpected {
                what: what.to_owned(),
            });
        }
        self.checks.push(what.to_owned());
        Ok(())
    }

    /// Something that must come to hold.
    ///
    /// # Errors
    /// [`Error::TimedOut`] naming it.
    pub fn check_until(
        &mut self,
        what: &str,
        mut holds: impl FnMut(&mut World) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        wait::until(what, LIMIT, || Ok(holds(self.world)?.then_some(())))?;
        self.checks.push(what.to_owned());
        Ok(())
    }

    /// One of the seeded people.
    ///
    /// # Errors
    /// [`Error::NotThere`].
    pub fn person(&self, tag: &str) -> Result<Person, Error> {
        let people = &self.world.centre.seeded().people;
        people
            .iter()
            .find(|person| person.tag == tag)
            .cloned()
            .ok_or(Error::NotThere("no such person was seeded"))
    }

    /// Takes what was seen and checked, for the report.
    #[must_use]
    pub fn ends(self) -> (Vec<PathBuf>, Vec<String>) {
        (self.pictures, self.checks)
    }
}
