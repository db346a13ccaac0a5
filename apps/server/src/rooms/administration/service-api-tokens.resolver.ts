import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Access } from "../../platform/access.js";
import { CreateApiTokenResult } from "../api-tokens/api-token.graphql.js";
import type { Caller } from "../credentials/viewer.js";
import { createServiceApiToken } from "./create-service-api-token.js";
import { CreateServiceApiTokenInput } from "./service-api-token.graphql.js";

@Resolver()
export class ServiceApiTokensResolver {
  @Mutation(() => CreateApiTokenResult, {
    description: "For a service account; any other is NOT_FOUND: nobody makes a token for another person.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async createServiceApiToken(
    @Arg("input", () => CreateServiceApiTokenInput) input: CreateServiceApiTokenInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof createServiceApiToken> {
    return await createServiceApiToken(caller.app, caller, input);
  }
}
