import { h, render } from "preact";
import { App } from "./app.ts";

const root = document.getElementById("app");
if (root === null) throw new Error("the document has no #app");
render(h(App, { now: Date.now }), root);
