import { App } from "fresh";
import { app } from "../../main.ts";

console.log(app instanceof App ? "app is an App" : "app is something else");
