const EMPTY = ["operationName=", "variables=", "extensions="];

/** Takes parameters of a GraphQL request by GET away that are empty: they are as left out (GraphQL over HTTP, "GET"). */
export function withoutEmptyParameters(url: string): string {
  if (!url.startsWith("/graphql?")) return url;
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  const kept = query.split("&").filter((parameter) => !EMPTY.includes(parameter));
  return `${path}?${kept.join("&")}`;
}
