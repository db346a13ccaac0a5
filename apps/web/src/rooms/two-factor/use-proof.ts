import { useState } from "react";
import type { SecondFactorProof } from "../../generated/own-two-factor";
import { type ProofMethodChoice, proofOf } from "../../ui/proof-input";

/** What a person types to prove the second factor. */
export interface TypedProof {
  readonly value: string;
  readonly proof: SecondFactorProof;
  readonly clear: () => void;
  /** What its field takes. */
  readonly field: {
    readonly methods: readonly string[];
    readonly method: ProofMethodChoice;
    readonly onMethod: (method: ProofMethodChoice) => void;
    readonly value: string;
    readonly onChange: (value: string) => void;
  };
}

/** Keeps what a person types to prove the second factor, by one of the methods that their account has. */
export function useProof(methods: readonly string[]): TypedProof {
  const [method, setMethod] = useState<ProofMethodChoice>(
    methods.includes("TOTP") ? "TOTP" : "RECOVERY_CODE",
  );
  const [value, setValue] = useState("");
  return {
    value,
    proof: proofOf(method, value),
    clear: () => setValue(""),
    field: { methods, method, onMethod: setMethod, value, onChange: setValue },
  };
}
