//! The app of the clinic and the administration.

mod pages;
mod routes;
mod sections;
mod shell;

fn main() {
    salus_ui::start::<shell::AdminApp>();
}
