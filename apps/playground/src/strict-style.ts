/*
 * The page's policy lets in only those styles that the page itself allows. The editor fills style elements and writes
 * style attributes into HTML, which it would refuse. Imported first, before anything draws: a style element gets the
 * nonce of this answer, and a style attribute is set through the object model, of which the policy says nothing.
 */
const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.nonce ?? "";
const create = document.createElement.bind(document);

document.createElement = ((name: string, options?: ElementCreationOptions): HTMLElement => {
  const element = create(name, options);
  if (name.toLowerCase() === "style") element.setAttribute("nonce", nonce);
  return element;
}) as typeof document.createElement;

const KEPT = "data-style";

/** Renames the attribute in every tag. What is text in HTML holds no tag, and stays as it is. */
function keepStyles(html: string): string {
  return html.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle=/gi, ` ${KEPT}=`));
}

function applyStyles(root: ParentNode | null): void {
  for (const element of root?.querySelectorAll<HTMLElement>(`[${KEPT}]`) ?? []) {
    element.style.cssText = element.getAttribute(KEPT) ?? "";
    element.removeAttribute(KEPT);
  }
}

const innerHtml = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML") ?? {};
const setInnerHtml = innerHtml.set;

Object.defineProperty(Element.prototype, "innerHTML", {
  ...innerHtml,
  set(this: Element, html: unknown) {
    setInnerHtml?.call(this, keepStyles(String(html)));
    applyStyles(this);
  },
});

const insertAdjacentHtml = Element.prototype.insertAdjacentHTML;

Element.prototype.insertAdjacentHTML = function (position: InsertPosition, html: string): void {
  insertAdjacentHtml.call(this, position, keepStyles(String(html)));
  applyStyles(this.parentElement ?? this);
};
