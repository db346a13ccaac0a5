const REASONS = {
  access_denied: "You did not allow it, or your account may not use this application.",
  unmet_authentication_requirements: "This needs two-factor authentication, and your account has none yet.",
  invalid_grant: "It took too long, or was finished once already.",
  OAUTH_INVALID_RESPONSE: "The answer does not belong to a sign-in of this browser.",
  FOREIGN_FORM: "The form did not come from this application.",
  NOT_BEGUN_HERE: "It was not begun in this browser, or it took too long.",
  NOT_PROVEN: "A second factor was asked for, and none was proven.",
};

/** For whoever is not signed in. */
export function welcome() {
  return draw("Welcome", html`<p><a href="/login">Sign in with Keyturn</a></p>`);
}

/** For whoever is. */
export function home({ name, preferred_username: loginName, twoFactor, methods }) {
  const factors = twoFactor ? "two factors" : "one factor";
  return draw(
    `Hello, ${name}`,
    html`<p>You are ${loginName}, and proved ${factors}: ${methods.join(", ")}.</p>
<form action="/login"><button name="factors" value="2">Prove a second factor</button></form>
<form method="post" action="/logout"><button>Sign out</button></form>`,
  );
}

/** Why something is refused, in plain words; undefined where nobody here can do anything about it. */
export function reasonOf(error) {
  return REASONS[error.error ?? error.code];
}

/** For whoever could not sign in. */
export function failed(reason = "Something went wrong. It is not your fault; try again later.") {
  return draw("That did not work", html`<p>${reason}</p><p><a href="/">Go back</a></p>`);
}

function draw(title, content) {
  return html`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<h1>${title}</h1>
${content}</html>`.markup;
}

/** Escapes all that is put into it, but for what it made itself. */
function html(strings, ...values) {
  const texts = values.map((value) => value.markup ?? escapeText(value));
  return { markup: String.raw({ raw: strings }, ...texts) };
}

function escapeText(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
