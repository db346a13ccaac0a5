import type { OAuthClientEntity } from "./client.entity.js";

/** How long a client can go on once it was allowed, in seconds: with refresh tokens as long as their family can live. */
export async function accessLifetime({ grantTypes }: Pick<OAuthClientEntity, "grantTypes">): Promise<number> {
  const { ACCESS_TOKEN_LIFETIME, FAMILY_LIFETIME } = await import("@keyturn/oauth2");
  const refreshes = grantTypes.split(" ").includes("refresh_token");
  return (refreshes ? FAMILY_LIFETIME : ACCESS_TOKEN_LIFETIME) / 1000;
}
