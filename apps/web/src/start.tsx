import { StrictMode } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { Guard } from "./ui/guard";
import "./ui/way-back";
import { language } from "./words/language";
import "./ui/tokens.css";
import "./ui/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no place for the application");
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale={language}>
      <Guard>
        <App />
      </Guard>
    </I18nProvider>
  </StrictMode>,
);
