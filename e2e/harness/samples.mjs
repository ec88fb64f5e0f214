// Ids to fill the apps' addresses with: the first thing the list behind each
// kind of page shows to the account that looks at it.
const LISTS = {
  "employee /appointments/:id": ["employee", "/me/appointments"],
  "employee /requests/:id": ["employee", "/me/appointment-requests"],
  "employee /questionnaires/:id": ["employee", "/me/questionnaire-assignments"],
  "employee /messages/:id": ["employee", "/me/conversations"],
  "supervisor /people/:id": ["supervisor", "/team/people"],
  "supervisor /messages/:id": ["supervisor", "/team/conversations"],
  "admin /clinic/people/:id": ["clinician", "/clinic/people?q=Castillo"],
  "admin /clinic/requests/:id": ["clinician", "/clinic/appointment-requests"],
  "admin /clinic/reviews/:id": ["clinician", "/clinic/responses"],
  "admin /clinic/inbox/:id": ["clinician", "/clinic/conversations"],
  "admin /administration/portals/:id": ["admin", "/admin/portals"],
};

/** An id for each kind of page, where the sandbox has one. */
export async function samples(installation) {
  const found = {};
  for (const [page, [account, list]] of Object.entries(LISTS)) {
    const answer = await installation.api.as(account, "GET", list).catch(() => undefined);
    const first = (answer?.items ?? answer)?.[0];
    found[page] = first?.id ?? first?.person_id;
  }
  return found;
}
