// What is wrong with the page for people who see little, use no mouse, or hold a phone.
const complaints = [];
const shown = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const all = (css) => [...document.querySelectorAll(css)].filter(shown);
const named = (each) => `<${each.tagName.toLowerCase()}> ${each.outerHTML.slice(0, 120)}`;

if (!document.documentElement.lang) complaints.push("the page has no language");

const name = (each) =>
  each.getAttribute("aria-label") ||
  (each.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent).join("") ||
  [...(each.labels || [])].map((label) => label.textContent).join("") ||
  (each.matches("input, select, textarea") ? "" : each.textContent);
for (const each of all("a, button, summary, input, select, textarea")) {
  if (!name(each).trim()) complaints.push(`no name: ${named(each)}`);
}

let level = 0;
for (const each of all("h1, h2, h3, h4, h5, h6")) {
  const next = Number(each.tagName[1]);
  if (next > level + 1) complaints.push(`heading leaps from ${level} to ${next}: ${each.textContent}`);
  level = next;
}
if (all("h1").length !== 1) complaints.push(`${all("h1").length} headings of the first level`);

const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
for (const id of ids.filter((each, at) => ids.indexOf(each) !== at)) complaints.push(`id twice: ${id}`);

if (innerWidth < 500) {
  for (const each of all("button, input, select, summary")) {
    const box = each.getBoundingClientRect();
    if (Math.round(box.height) < 44) complaints.push(`only ${box.height} px high: ${named(each)}`);
    if (box.left < 0 && !each.closest(".columns")) complaints.push(`off the screen: ${named(each)}`);
  }
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) complaints.push(`${page.scrollWidth} px wide on ${innerWidth}`);
}

// Contrast: what is written over what lies behind it, transparent layers blended.
const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const rgba = (color) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
};
const over = (top, under) => top.slice(0, 3).map((each, at) => each * top[3] + under[at] * (1 - top[3]));
const behind = (each) => {
  const layers = [];
  for (let at = each; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
};
const light = (color) => {
  const [r, g, b] = color.map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const faint = (each) => {
  let found = 1;
  for (let at = each; at; at = at.parentElement) found *= Number(getComputedStyle(at).opacity);
  return found;
};
const written = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
for (const each of all("body *").filter((each) => written(each) && !each.closest(".unseen, script, style, option"))) {
  const ground = behind(each);
  const ink = rgba(getComputedStyle(each).color);
  ink[3] *= faint(each);
  const [high, low] = [light(over(ink, ground)), light(ground)].sort((a, b) => b - a);
  const ratio = (high + 0.05) / (low + 0.05);
  if (ratio < 4.5) complaints.push(`contrast ${ratio.toFixed(2)}: ${each.textContent.trim().slice(0, 60)} ${each.className}`);
}
return [...new Set(complaints)];
