import { render } from "preact";
import "maplibre-gl/dist/maplibre-gl.css";
import "./style.css";
import { App } from "./app";

const page = document.getElementById("page")!;
page.textContent = "";
render(<App />, page);
