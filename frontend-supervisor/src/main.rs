//! The supervisor's app.

mod pages;
mod routes;
mod sections;
mod shell;

fn main() {
    salus_ui::start::<shell::SupervisorApp>();
}
