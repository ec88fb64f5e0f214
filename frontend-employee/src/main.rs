//! The employee's app.

mod pages;
mod routes;
mod shell;

fn main() {
    salus_ui::start::<shell::EmployeeApp>();
}
