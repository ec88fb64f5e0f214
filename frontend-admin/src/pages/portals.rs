//! The sites people enter by, and new ones.

use crate::routes::Route;
use salus_client::Error;
use salus_types::ids::{EmployerId, PortalId};
use salus_types::portals::slug::Slug;
use salus_types::portals::{CreatePortal, EmployerName, PortalAudience, PortalSummary};
use salus_ui::hooks::{edit, use_state};
use salus_ui::{
    Badge, Button, Choice, Column, DataTable, Dialog, Empty, Go, Look, Note, Page, Radio, Select,
    Text, TextField, Tone, Waiting, args, use_action, use_query, use_request_key, use_session,
    use_text, use_toast,
};
use yew::prelude::*;
use yew_router::prelude::*;

/// The organization's own among those whose a site may be.
const OWN: &str = "own";
const EMPLOYEE: &str = "employee";
const SUPERVISOR: &str = "supervisor";

/// Every site of the organization.
#[component]
pub(crate) fn Portals() -> Html {
    let t = use_text();
    let session = use_session();
    let signed = session.signed();
    let may = signed.is_some_and(|signed| {
        let mut roles = signed.roles.iter();
        roles.any(|role| role.as_str() == "portal_admin")
    });
    let organization = signed.map(|signed| AttrValue::from(signed.organization.clone()));
    let organization = organization.unwrap_or_default();
    let found = use_query((), |client, ()| async move {
        let sites = client.list_portals().await?;
        let employers = client.list_employers().await?.items;
        Ok::<_, Error>((sites, employers))
    });
    let making = use_state(|| false);
    let (open, close) = {
        let (open, close) = (making.clone(), making.clone());
        (
            Callback::from(move |_: MouseEvent| open.set(true)),
            Callback::from(move |()| close.set(false)),
        )
    };
    let action = if may {
        html! { <Button look={Look::Primary} icon="plus" on_press={open}>{ t.text("site-make") }</Button> }
    } else {
        Html::default()
    };
    let list = |sites: &[PortalSummary]| {
        if sites.is_empty() {
            return html! {
                <Empty icon="layout-grid" title={t.text("sites-none")} text={t.text("sites-none-text")} />
            };
        }
        let rows: Vec<_> = sites
            .iter()
            .map(|site| row(&t, site, &organization))
            .collect();
        html! { <DataTable caption={t.text("nav-portals")} columns={columns(&t)} {rows} /> }
    };
    html! {
        <Page title={t.text("nav-portals")} lead={t.text("sites-lead")} full={true} {action}>
            { found.show(Waiting::Rows(4), |(sites, employers)| html! {
                <>
                    { list(sites) }
                    if *making {
                        <Make sites={sites.clone()} employers={employers.clone()} organization={organization.clone()}
                            on_close={close} />
                    }
                </>
            }) }
        </Page>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("site-name")),
        Column::new(t.text("site-owner")),
        Column::new(t.text("site-audience")),
        Column::new(t.text("site-address")),
        Column::new(t.text("site-state")),
        Column::new(t.text("site-changed-at")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, site: &PortalSummary, organization: &AttrValue) -> (AttrValue, Vec<Html>) {
    let owner = site.employer.clone().map(AttrValue::from);
    let id = site.id;
    let of = || html! { <span class="sr-only">{ ": " }{ &site.name }</span> };
    let cells = vec![
        html! { <Go<Route> to={Route::BookingOptions { id }}>{ &site.name }</Go<Route>> },
        html! { { owner.unwrap_or_else(|| organization.clone()) } },
        html! { { for_whom(t, &site.audience) } },
        address(site),
        state(t, site),
        html! { <span class="numbers">{ t.stamp(site.changed_at) }</span> },
        html! {
            <div class="flex flex-wrap gap-4">
                <Go<Route> to={Route::Modules { id }}>{ t.text("site-modules") }{ of() }</Go<Route>>
                if site.audience == EMPLOYEE {
                    <Go<Route> to={Route::Reminders { id }}>{ t.text("reminders") }{ of() }</Go<Route>>
                }
            </div>
        },
    ];
    (AttrValue::from(id.to_string()), cells)
}

/// Whom a site is for.
fn for_whom(t: &Text, audience: &str) -> AttrValue {
    t.text(match audience {
        SUPERVISOR => "site-for-supervisors",
        "applicant" => "site-for-applicants",
        _ => "site-for-persons",
    })
}

/// Where people enter, which leads there once somebody may.
fn address(site: &PortalSummary) -> Html {
    let address = path(&site.audience, &site.slug);
    if site.enabled && site.audience != "applicant" {
        html! { <a class="link" href={address.clone()}>{ address }</a> }
    } else {
        html! { { address } }
    }
}

fn path(audience: &str, slug: &str) -> String {
    let door = match audience {
        SUPERVISOR => "s",
        "applicant" => "apply",
        _ => "p",
    };
    format!("/{door}/{slug}")
}

fn state(t: &Text, site: &PortalSummary) -> Html {
    let (tone, state) = match (site.published_version, site.enabled) {
        (None, _) => (Tone::Neutral, "site-in-setup"),
        (Some(_), true) => (Tone::Good, "site-open"),
        (Some(_), false) => (Tone::Neutral, "site-closed"),
    };
    let changed = site.changed && site.published_version.is_some();
    html! {
        <div class="flex flex-wrap gap-2">
            <Badge {tone} text={t.text(state)} />
            if changed {
                <Badge tone={Tone::Info} text={t.text("site-changed")} />
            }
        </div>
    }
}

/// A new site while it is typed.
#[derive(Clone, PartialEq)]
struct Draft {
    owner: String,
    audience: String,
    /// Nothing while the suggested one is right.
    slug: Option<String>,
    model: String,
}

impl Draft {
    fn new() -> Self {
        Self {
            owner: OWN.to_owned(),
            audience: EMPLOYEE.to_owned(),
            slug: None,
            model: String::new(),
        }
    }

    fn employer(&self) -> Option<EmployerId> {
        self.owner.parse().ok()
    }

    /// What is typed, or what the owner's name suggests.
    fn slug(&self, owner: &str) -> String {
        let audience = PortalAudience::parse(&self.audience);
        let suggested = || {
            let slug = Slug::suggested(owner, audience?)?;
            Some(slug.as_str().to_owned())
        };
        self.slug.clone().or_else(suggested).unwrap_or_default()
    }
}

#[derive(Properties, PartialEq)]
struct MakeProps {
    sites: Vec<PortalSummary>,
    employers: Vec<EmployerName>,
    organization: AttrValue,
    on_close: Callback<()>,
}

/// Whose a new site is, for whom, at which address, and what it begins with.
#[component]
fn Make(props: &MakeProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let navigator = use_navigator();
    let key = use_request_key();
    let form = use_state(Draft::new);
    let make = {
        let (sent, said) = (key.clone(), t.text("site-made"));
        use_action(
            move |client, command: CreatePortal| {
                let key = sent.get();
                async move { client.create_portal(&key, &command).await }
            },
            move |made| {
                key.renew();
                toast.say(said.clone());
                if let Some(navigator) = &navigator {
                    navigator.push(&Route::Modules { id: made.value.id });
                }
            },
        )
    };
    let employer = form.employer();
    let named = props.employers.iter().find(|one| Some(one.id) == employer);
    let owner = named.map_or_else(|| props.organization.to_string(), |one| one.name.clone());
    let slug = form.slug(&owner);
    let same =
        |site: &&PortalSummary| site.employer_id == employer && site.audience == form.audience;
    let existing = props.sites.iter().find(same);
    let press = {
        let (run, slug) = (make.run.clone(), slug.clone());
        let (audience, model) = (form.audience.clone(), form.model.parse::<PortalId>().ok());
        Callback::from(move |_: MouseEvent| {
            run.emit(CreatePortal {
                employer_id: employer,
                audience: audience.clone(),
                slug: slug.trim().to_owned(),
                copy_of: model,
            });
        })
    };
    let actions = if existing.is_some() {
        Html::default()
    } else {
        html! {
            <Button look={Look::Primary} busy={make.pending} on_press={press}>{ t.text("site-make-title") }</Button>
        }
    };
    let own = Choice::new(OWN, props.organization.clone());
    let employers = props.employers.iter();
    let employers = employers.map(|one| Choice::new(one.id.to_string(), one.name.clone()));
    let owners: Vec<Choice> = [own].into_iter().chain(employers).collect();
    let audiences = vec![
        Choice::new(EMPLOYEE, t.text("site-for-persons")),
        Choice::new(SUPERVISOR, t.text("site-for-supervisors")),
    ];
    let model = |site: &PortalSummary| {
        let whom = for_whom(&t, &site.audience);
        let address = path(&site.audience, &site.slug);
        let label = format!("{} ({whom}, {address})", site.name);
        Choice::new(site.id.to_string(), label)
    };
    let models: Vec<Choice> = props.sites.iter().map(model).collect();
    let organization = props.organization.to_string();
    html! {
        <Dialog open={true} title={t.text("site-make")} on_close={props.on_close.clone()} {actions}>
            <div class="stack">
                <p class="muted">{ t.text("site-make-lead") }</p>
                <Select name="owner" label={t.text("site-owner")} choices={owners} value={form.owner.clone()}
                    hint={t.msg("site-owner-hint", args!(organization = organization))} error={make.wrong("/employer_id")}
                    on_change={edit(&form, |draft, owner: String| draft.owner = owner)} />
                <Radio name="audience" label={t.text("site-for")} choices={audiences} value={form.audience.clone()}
                    inline={true} error={make.wrong("/audience")}
                    on_change={edit(&form, |draft, audience: String| draft.audience = audience)} />
                if let Some(site) = existing {
                    <Note tone={Tone::Warning} title={t.text("problem-portal-exists")}>
                        <p><Go<Route> to={Route::Modules { id: site.id }}>{ t.text("site-exists") }</Go<Route>></p>
                    </Note>
                } else {
                    <TextField name="slug" label={t.text("site-slug")} max_length={40} value={slug.clone()}
                        hint={t.msg("site-slug-hint", args!(address = path(&form.audience, &slug)))}
                        error={make.wrong("/slug")}
                        on_change={edit(&form, |draft, slug: String| draft.slug = Some(slug))} />
                    if !models.is_empty() {
                        <Select name="model" label={t.text("site-copy")} hint={t.text("site-copy-hint")} optional={true}
                            choices={models} value={form.model.clone()} error={make.wrong("/copy_of")}
                            on_change={edit(&form, |draft, model: String| draft.model = model)} />
                    }
                    { make.problem() }
                }
            </div>
        </Dialog>
    }
}
