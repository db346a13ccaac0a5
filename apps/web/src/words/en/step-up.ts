/** What asks for a fresh proof. */
export const stepUp = {
  title: "Prove that it is you",
  introduction: "What you are about to do asks for a fresh proof.",
  submit: "Confirm",
  as: (loginName: string): string => `You are logged in as ${loginName}.`,
};
