//! The fields an HR file may fill.

use serde::{Deserialize, Serialize};

/// Who decides about a field once it has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The file writes; everybody else reads.
    Hr,
    /// The file writes until somebody edits; then the edit stands.
    HrUntilEdited,
    /// The file fills it only when it is empty.
    Employee,
    /// The file fills it only when it is empty.
    Clinic,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $longest:literal, $owner:ident;)*) => {
        /// A field of the HR file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Field {$(
            $(#[$doc])*
            #[serde(rename = $name)]
            $variant,
        )*}

        impl Field {
            /// Every field, in the order of the template.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name of the field in files, profiles and answers.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {$(Self::$variant => $name,)*}
            }

            /// The longest value it takes, in characters.
            #[must_use]
            pub fn longest(self) -> usize {
                match self {$(Self::$variant => $longest,)*}
            }

            /// Who owns it unless the profile says otherwise.
            #[must_use]
            pub fn default_owner(self) -> Owner {
                match self {$(Self::$variant => Owner::$owner,)*}
            }
        }
    };
}

fields! {
    /// The employer's number for the person: text, leading zeros kept.
    EmployeeId = "employee_id", 64, Hr;
    /// Family name.
    LastName = "last_name", 100, Hr;
    /// Given name.
    FirstName = "first_name", 100, Hr;
    /// Middle name.
    MiddleName = "middle_name", 100, Hr;
    /// What the person wants to be called.
    PreferredName = "preferred_name", 100, Employee;
    /// Birth date.
    BirthDate = "birth_date", 20, Hr;
    /// E-mail address.
    Email = "email", 254, HrUntilEdited;
    /// Mobile phone.
    MobilePhone = "mobile_phone", 60, HrUntilEdited;
    /// Home phone.
    HomePhone = "home_phone", 60, HrUntilEdited;
    /// Job title.
    PositionTitle = "position_title", 120, Hr;
    /// Job class.
    JobClass = "job_class", 120, Hr;
    /// Cost center.
    CostCenter = "cost_center", 120, Hr;
    /// Shift.
    Shift = "shift", 120, Hr;
    /// Working, on leave, or gone.
    WorkStatus = "work_status", 60, Hr;
    /// Employee, contractor or visitor.
    Kind = "kind", 20, Hr;
    /// Department, by code or name.
    Department = "department", 120, Hr;
    /// Location, by code or name.
    Location = "location", 120, Hr;
    /// First day.
    HireDate = "hire_date", 20, Hr;
    /// Last day.
    EndDate = "end_date", 20, Hr;
    /// The name the person signs in with at the employer.
    SsoId = "sso_id", 128, Hr;
    /// Badge number.
    BadgeId = "badge_id", 128, Hr;
    /// The supervisor's employee number.
    SupervisorId = "supervisor_id", 64, Hr;
    /// The second supervisor's employee number.
    Supervisor2Id = "supervisor_2_id", 64, Hr;
    /// Street.
    Address1 = "address_1", 200, Hr;
    /// Street, continued.
    Address2 = "address_2", 200, Hr;
    /// City.
    City = "city", 100, Hr;
    /// State or province: the part after the country in ISO 3166-2.
    State = "state", 3, Hr;
    /// Postal code.
    Zip = "zip", 20, Hr;
    /// Country, ISO 3166-1 alpha-2.
    Country = "country", 2, Hr;
    /// M, F, A, N, O or U.
    Sex = "sex", 1, Hr;
    /// Language, BCP 47.
    Language = "language", 35, HrUntilEdited;
    /// Time zone, IANA.
    TimeZone = "time_zone", 64, HrUntilEdited;
}

impl Field {
    /// Reads a field's name as profiles spell it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }

    /// Finds the field a header means: case, spaces and punctuation do not matter.
    #[must_use]
    pub fn by_header(header: &str) -> Option<Self> {
        let wanted = squeezed(header);
        Self::ALL
            .iter()
            .copied()
            .find(|field| squeezed(field.name()) == wanted)
    }

    /// Whether a file may take the value away.
    #[must_use]
    pub fn may_be_cleared(self) -> bool {
        !matches!(
            self,
            Self::EmployeeId | Self::LastName | Self::BirthDate | Self::WorkStatus | Self::Kind
        )
    }

    /// Whether it names a supervisor.
    #[must_use]
    pub fn is_supervisor(self) -> bool {
        matches!(self, Self::SupervisorId | Self::Supervisor2Id)
    }
}

/// A header reduced to its letters and digits, in lower case.
#[must_use]
pub fn squeezed(header: &str) -> String {
    header
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
