// The same questions in SurveyJS, with its model, renderer and styles.
import { Model } from "survey-core";
import "survey-core/i18n/simplified-chinese";
import "survey-js-ui";
import "survey-core/survey-core.css";
import data from "zice-questions";
import { points, survey } from "./survey.model.js";

const model = new Model(survey(data));
model.locale = "zh-cn";
const place = document.getElementById("survey");
const total = place.parentNode.insertBefore(document.createElement("p"), place);
total.id = "total";
const show = () => { total.textContent = `${points(model).total} / ${data.passes}`; };
model.onVariableChanged.add(show);
model.onValueChanged.add(show);
show();
model.render(place);
