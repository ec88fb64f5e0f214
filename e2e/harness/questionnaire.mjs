// Filling in a questionnaire the way a person does: whatever stands on the
// page is answered, then the next page is asked for.

/** Answers until the overview of all answers stands there. `answers` are pairs of a pattern and an answer. */
export async function answerAll(person, answers) {
  const { page } = person;
  const answered = [];
  for (let screen = 0; screen < 60; screen += 1) {
    const send = page.getByRole("button", { name: "Send to the clinic" });
    await send.or(page.locator("main form")).first().waitFor();
    await person.settled();
    if (await send.isVisible()) return answered;
    // An answer may bring up another question on the same screen.
    for (let round = 0; round < 6; round += 1) {
      if (!(await answerOpen(page, answers, answered))) break;
    }
    const before = await screenName(page);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.waitForFunction(
      (name) => {
        const problem = [...document.querySelectorAll(".field-error")].find((error) => error.checkVisibility());
        const heading = [...document.querySelectorAll("h1")].find((one) => one.checkVisibility());
        const fields = [...document.querySelectorAll("main form [name]")].map((field) => field.name).join();
        return problem || `${heading?.textContent} ${fields}` !== name;
      },
      before,
    );
    const problem = page.locator(".field-error:visible").first();
    if (await problem.isVisible()) throw new Error(`${before}: ${await problem.textContent()}`);
  }
  throw new Error(`the questionnaire has no end; answered: ${answered.join(", ")}`);
}

function screenName(page) {
  return page.evaluate(() => {
    const heading = [...document.querySelectorAll("h1")].find((one) => one.checkVisibility());
    const fields = [...document.querySelectorAll("main form [name]")].map((field) => field.name).join();
    return `${heading?.textContent} ${fields}`;
  });
}

/** Answers the first question that has no answer yet; false when there is none. */
async function answerOpen(page, answers, answered) {
  const open = await page.evaluate(() => {
    const seen = new Set();
    for (const field of document.querySelectorAll("main form input[name], main form textarea[name]")) {
      if (!field.checkVisibility() || seen.has(field.name)) continue;
      seen.add(field.name);
      const same = [...document.querySelectorAll(`main form [name="${CSS.escape(field.name)}"]`)];
      const choosing = ["radio", "checkbox"].includes(field.type);
      const done = choosing ? same.some((one) => one.checked) : field.value !== "";
      if (done) continue;
      const group = field.closest("fieldset, [role=radiogroup], [role=group]");
      const legend = group?.querySelector("legend") ?? (group && document.getElementById(group.getAttribute("aria-labelledby")));
      const heading = [...document.querySelectorAll("h1")].find((one) => one.checkVisibility());
      const label = (choosing ? legend : field.labels?.[0])?.textContent || heading?.textContent || field.name;
      const options = choosing ? same.map((one) => one.labels[0].textContent.trim()) : [];
      return { name: field.name, label: label.trim(), choosing, options };
    }
    return undefined;
  });
  if (!open || answered.includes(open.name)) return false;
  answered.push(open.name);
  const known = answers.find(([pattern]) => pattern.test(open.label))?.[1];
  if (open.choosing) {
    const answer = known ?? open.options.find((option) => /^(no|none|never)/i.test(option)) ?? open.options[0];
    await page.locator(`main form [name="${open.name}"]`).and(page.getByLabel(answer, { exact: true })).check();
  } else if (known !== undefined) {
    const field = page.locator(`main form [name="${open.name}"]`).first();
    await field.fill(known);
    await field.blur();
  }
  return true;
}
