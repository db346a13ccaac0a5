import { type ReactElement, useEffect, useRef, useState } from "react";
import { Button } from "../../../ui/button";
import { Choice } from "../../../ui/choice";
import { Form } from "../../../ui/form";
import { Section } from "../../../ui/section";
import { TextInput } from "../../../ui/text-input";
import { fromLocalTime, toLocalTime } from "../../../words/local-time";
import { say } from "../../../words/say";
import { AccountFilter } from "./account-filter";
import { ACTIONS, actionName } from "./actions";
import { type AuditFilters, CHOICES, type FilterFieldsProps, NO_FILTERS } from "./audit-address";
import "./audit.css";

interface AuditFiltersFormProps {
  readonly filters: AuditFilters;
  readonly onAsk: (filters: AuditFilters) => void;
}

const ANY = { value: "", name: say.audit.all } as const;

/** Asks for some of the events. */
export function AuditFiltersForm({ filters, onAsk }: AuditFiltersFormProps): ReactElement {
  const [draft, setDraft] = useState(filters);
  const key = JSON.stringify(filters);
  // Where the address leads elsewhere, the fields follow.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same filters are another object at each drawing
  useEffect(() => setDraft(filters), [key]);
  const change = (part: Partial<AuditFilters>): void => setDraft((before) => ({ ...before, ...part }));
  const fields = useRef<HTMLDivElement>(null);
  const clear = (): void => {
    // The button goes, and leaves the focus here.
    fields.current?.querySelector("select")?.focus();
    onAsk(NO_FILTERS);
  };
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return (
    <Section title={say.audit.filters}>
      <Form onSubmit={() => onAsk({ ...draft, request: draft.request.trim() })} label={say.audit.filters}>
        <div ref={fields} className="audit-filters">
          <KindFields draft={draft} change={change} />
          <TimeFields draft={draft} change={change} />
        </div>
        <AccountFilter draft={draft} change={change} />
        <div className="row">
          <Button kind="main" type="submit">
            {say.audit.show}
          </Button>
          {isFiltered && <Button onPress={clear}>{say.audit.clear}</Button>}
        </div>
      </Form>
    </Section>
  );
}

function KindFields({ draft, change }: FilterFieldsProps): ReactElement {
  const { level, result, credential } = CHOICES;
  return (
    <>
      <Choice
        label={say.audit.action}
        value={draft.action}
        onChange={(action) => change({ action })}
        options={[ANY, ...ACTIONS.map((value) => ({ value, name: actionName(value) }))]}
      />
      <Choice
        label={say.audit.level}
        value={draft.level}
        onChange={(chosen) => change({ level: chosen })}
        options={[ANY, ...level.map((value) => ({ value, name: say.audit.levels[value] }))]}
      />
      <Choice
        label={say.audit.result}
        value={draft.result}
        onChange={(chosen) => change({ result: chosen })}
        options={[ANY, ...result.map((value) => ({ value, name: say.audit.results[value] }))]}
      />
      <Choice
        label={say.audit.credential}
        value={draft.credential}
        onChange={(chosen) => change({ credential: chosen })}
        options={[ANY, ...credential.map((value) => ({ value, name: say.audit.credentials[value] }))]}
      />
    </>
  );
}

function TimeFields({ draft, change }: FilterFieldsProps): ReactElement {
  return (
    <>
      <TextInput
        type="datetime-local"
        label={say.audit.from}
        value={toLocalTime(draft.from)}
        onChange={(from) => change({ from: fromLocalTime(from) ?? "" })}
      />
      <TextInput
        type="datetime-local"
        label={say.audit.to}
        value={toLocalTime(draft.to)}
        onChange={(to) => change({ to: fromLocalTime(to) ?? "" })}
      />
      <TextInput
        label={say.audit.requestId}
        value={draft.request}
        onChange={(request) => change({ request })}
      />
    </>
  );
}
