import { type ReactElement, useEffect, useState } from "react";
import { type ProofMethod, TurnedBack } from "../../graphql/refusal";
import { setProver } from "../../graphql/send";
import { Dialog } from "../../ui/dialog";
import { say } from "../../words/say";
import { StepUpForm } from "./step-up-form";

interface Asked {
  readonly methods: readonly ProofMethod[];
  readonly proven: () => void;
  readonly turnedBack: () => void;
}

/** Asks for a fresh proof over the page that needs one; what was being done there goes on by itself. */
export function StepUpDialog(): ReactElement {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    setProver(
      (methods) =>
        new Promise((resolve, reject) => {
          const next = { methods, proven: resolve, turnedBack: () => reject(new TurnedBack()) };
          setAsked((before) => (before === null ? next : both(before, next)));
        }),
    );
    return () => setProver(null);
  }, []);
  const end = (how: "proven" | "turnedBack"): void => {
    setAsked(null);
    asked?.[how]();
  };
  useEffect(() => {
    if (asked === null) return;
    const leave = (): void => {
      setAsked(null);
      asked.turnedBack();
    };
    window.addEventListener("popstate", leave);
    return () => window.removeEventListener("popstate", leave);
  }, [asked]);
  return (
    <Dialog title={say.stepUp.title} isOpen={asked !== null} onClose={() => end("turnedBack")}>
      {asked !== null && (
        <StepUpForm
          methods={asked.methods}
          onProven={() => end("proven")}
          onTurnBack={() => end("turnedBack")}
        />
      )}
    </Dialog>
  );
}

/** One proof serves whatever waits for it. */
function both(before: Asked, next: Asked): Asked {
  const end = (how: "proven" | "turnedBack") => (): void => {
    before[how]();
    next[how]();
  };
  return { methods: next.methods, proven: end("proven"), turnedBack: end("turnedBack") };
}
