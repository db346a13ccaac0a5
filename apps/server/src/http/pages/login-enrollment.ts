import { qrCodeSvg } from "@keyturn/totp";
import { html } from "ghtml";
import type { ShownSecret } from "../../rooms/two-factor/totp/totp-enrollment.js";
import { drawCodeField } from "./code-fields.js";
import { drawForm, type Fault, faultAt } from "./fields.js";
import { withNext } from "./next-path.js";
import { type Answer, page, type Visit } from "./visit.js";

/** Asks for a second factor to be set up before the login goes on: a picture to scan, a key to type, the first code. */
export async function drawEnrollment(
  visit: Visit,
  { challenge, fault, secret }: { challenge: string; fault: Fault | null; secret: ShownSecret },
): Promise<Answer> {
  const { say, next } = visit;
  const { pages } = say;
  const form = drawForm(visit, {
    ...{ action: "/login", submit: pages.enrollSubmit, hidden: { challenge }, fault: faultAt(fault, null) },
    fields: drawCodeField(say, fault, { hint: pages.enrollCode, autofocus: false }),
  });
  const content = html`<p>${pages.enrollIntroduction}</p>
<p>${pages.enrollScan}</p>
<div class="qr" role="img" aria-label="${pages.qrCode}">!${await qrCodeSvg(secret.otpauthUri)}</div>
<p>${pages.enrollType}</p>
<p class="key">${secret.manualKey}</p>
!${form}
<p class="aside"><a href="${withNext("/login", next)}">${pages.startOver}</a></p>`;
  return page({ say, title: pages.enroll, content, ...(fault && { status: 422 }) });
}

/** Shows the recovery codes of a second factor that was just set up, this once. */
export function drawRecoveryCodes({ say, next }: Visit, codes: readonly string[]): Answer {
  const { pages } = say;
  const content = html`<p>${pages.recoveryCodesIntroduction}</p>
<ul class="codes">!${codes.map((code) => html`<li>${code}</li>`)}</ul>
<p><a class="button" href="${next}">${pages.goOn}</a></p>`;
  return page({ say, title: pages.recoveryCodes, content });
}
