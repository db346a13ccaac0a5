import { html } from "ghtml";
import type { Visit } from "./visit.js";

/** An input of a form with its label, and what is wrong with what was sent in it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "password" | "email";
  readonly autocomplete: string;
  readonly value?: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  /** Whether it has its share in what is wrong with the whole form. */
  readonly blamed?: boolean;
  /** Digits only, of this number: a telephone shows its number pad. */
  readonly digits?: number;
  /** Where a person begins to type; one with an error is so anyway. */
  readonly autofocus?: boolean;
}

/** What is wrong with a form: with one of its fields, or with the whole. */
export interface Fault {
  readonly field: string | null;
  readonly message: string;
}

const FAULT = "fault";

/** The hidden field of a form that is meant for one account alone: its id. */
export const MEANT_ACCOUNT = "account";

/** Draws an input; its hint and its error are read out with it. */
export function drawField(field: Field): string {
  const { name, label, type = "text", autocomplete, value = "", hint, error, digits } = field;
  const blamed = field.blamed === true;
  const described = [
    hint === undefined ? null : `${name}-hint`,
    error === undefined ? null : `${name}-error`,
    blamed ? FAULT : null,
  ].filter((id) => id !== null);
  const marks = [
    described.length === 0 ? null : html`aria-describedby="${described.join(" ")}"`,
    error !== undefined || blamed ? 'aria-invalid="true"' : null,
    digits === undefined ? null : html`inputmode="numeric" pattern="[0-9 ]*" maxlength="${digits + 6}"`,
    error !== undefined || field.autofocus === true ? "autofocus" : null,
  ].filter((mark) => mark !== null);
  return html`<div class="field">
<label for="${name}">${label}</label>
!${hint !== undefined ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ""}
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false" !${marks.join(" ")}>
!${error !== undefined ? html`<p class="error" id="${name}-error">${error}</p>` : ""}
</div>`;
}

/** A form as it is drawn around its fields. */
export interface Form {
  readonly action: string;
  readonly submit: string;
  /** HTML. */
  readonly fields: string;
  /** Told above the form, to screen readers at once. */
  readonly fault?: string | undefined;
  readonly hidden?: Readonly<Record<string, string>>;
}

/** Draws a form with the token that binds it to this browser, and where to go afterwards. */
export function drawForm(
  { formToken, next }: Visit,
  { action, submit, fields, fault, hidden }: Form,
): string {
  const values = Object.entries({ form: formToken, next, ...hidden });
  return html`<form method="post" action="${action}">
!${fault !== undefined ? html`<p class="error" role="alert" id="${FAULT}">${fault}</p>` : ""}
!${values.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
!${fields}
<button type="submit">${submit}</button>
</form>`;
}

/** The message of a fault of this field, if it is one. */
export function faultAt(fault: Fault | null, field: string | null): string | undefined {
  return fault !== null && fault.field === field ? fault.message : undefined;
}
