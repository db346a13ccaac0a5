/** Leaves for the login, which leads back to this very address. */
export function goToLogin(): null {
  const { pathname, search } = window.location;
  window.location.replace(`/login?${new URLSearchParams({ next: pathname + search })}`);
  return null;
}
