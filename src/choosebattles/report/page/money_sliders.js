/* Money: sliders and boxes in millions, for one fund or all; inside it is a share of the workbook's. */
"use strict";

const MOST_SHARE = 1000;

const whole = (fund) =>
  total((fund ? [fund] : Object.keys(content.funds)).flatMap((name) => content.funds[name].thousandths)) / 1000;

/* The amounts at which a slider stops. All money moves in twentieths, for which plans are known;
 * one fund of several in round amounts. Nothing and the workbook's amount are always among them. */
function stops(fund) {
  const most = whole(fund);
  if (!fund || Object.keys(content.funds).length === 1) return Array.from({ length: 41 }, (_each, k) => (most * k) / 20);
  const size = 10 ** Math.floor(Math.log10(most / 30 || 1));
  const step = [1, 2, 5, 10].map((part) => part * size).find((part) => part >= most / 30) || 1;
  const round = Array.from({ length: Math.floor((2 * most) / step + 1e-9) + 1 }, (_each, k) => Number((k * step).toPrecision(12)));
  return [...new Set([...round, most])].sort((one, other) => one - other);
}

const shareOf = (fund, amount) =>
  whole(fund) ? Math.min(MOST_SHARE, Math.max(0, Math.round((1e11 * (amount || 0)) / whole(fund)) / 1e9)) : 100;

const sliders = new Map(every("[data-money][type=range]").map((slider) => [slider, stops(slider.dataset.money)]));
for (const [slider, amounts] of sliders) {
  slider.max = amounts.length - 1;
  slider.dataset.whole = whole(slider.dataset.money);
  slider.disabled = slider.nextElementSibling.disabled = !whole(slider.dataset.money);
}

const amountOf = (input) => (sliders.has(input) ? sliders.get(input)[Number(input.value)] : Number(input.value));

/* The settings with the money of a slider or box. */
function funded(next, input) {
  const share = shareOf(input.dataset.money, amountOf(input));
  for (const fund of Object.keys(next.money))
    if (!input.dataset.money || fund === input.dataset.money) next.money[fund] = share;
}

/* Puts an amount into a slider and the box beside it. */
function putAmount(slider, amount) {
  const amounts = sliders.get(slider);
  const far = amounts.map((each) => Math.abs(each - amount));
  slider.value = far.indexOf(Math.min(...far));
  slider.setAttribute("aria-valuetext", millions(amount));
  slider.nextElementSibling.value = Number(amount.toFixed(3));
}

function moneyControls() {
  for (const slider of sliders.keys()) {
    const fund = slider.dataset.money;
    putAmount(slider, fund ? (whole(fund) * moved.money[fund]) / 100 : moneyThere(moved));
  }
}
