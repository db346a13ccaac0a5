import "./strict-style.js";
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./playground.css";
import { createRoot } from "react-dom/client";
import { Playground } from "./playground.js";

const root = document.getElementById("root");
// The window of a step-up that a playground opened has done its work.
if (location.search === "?proven" && window.opener !== null) window.close();
if (root !== null) createRoot(root).render(<Playground />);
