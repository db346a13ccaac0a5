import { Directive, Extensions, Field, InputType, registerEnumType } from "type-graphql";
import type { ProofInput } from "./factor.js";
import { TwoFactorMethod } from "./two-factor.policy.js";

registerEnumType(TwoFactorMethod, { name: "TwoFactorMethod" });

@InputType({
  description: "One proof of the second factor: a code from the authenticator app, or a recovery code.",
})
@Directive("@oneOf")
@Extensions({ oneOf: true })
export class SecondFactorProof implements ProofInput {
  @Field(() => String, { nullable: true }) verificationCode?: string | null;
  @Field(() => String, { nullable: true }) recoveryCode?: string | null;
}
