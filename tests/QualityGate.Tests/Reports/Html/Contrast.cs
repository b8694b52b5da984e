namespace QualityGate.Tests.Reports.Html;

/// <summary>Texts whose contrast with what is behind them is below WCAG's 4.5 (3 for large ones).</summary>
internal static class Contrast
{
    public const string Script =
        """
        () => {
          const channels = text => (text.match(/[\d.]+/g) ?? []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = e => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0.99) return c; } return [255, 255, 255]; };
          const texts = [...document.querySelectorAll("main *, header *, nav *")].filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !e.closest("dialog, .chart"));
          return texts.filter(e => {
            const style = getComputedStyle(e), svg = e instanceof SVGElement, a = light(channels(svg ? style.fill : style.color)), b = light(behind(svg ? e.closest("svg").parentElement : e));
            const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < (large ? 3 : 4.5);
          }).map(e => `${e.tagName}.${e.className.baseVal ?? e.className}: ${e.textContent.slice(0, 40)}`);
        }
        """;
}

/// <summary>What a checker of accessibility would find first.</summary>
internal static class Accessibility
{
    public const string Script =
        """
        () => {
          const faults = [], all = s => [...document.querySelectorAll(s)];
          for (const [selector, count] of [["main", 1], ["h1", 1], ["nav[aria-label]", 1], ["body > .page > header", 1], ["html[lang]", 1], ["head > title", 1]]) if (all(selector).length !== count) faults.push(`${all(selector).length} of ${selector}`);
          let level = 0;
          for (const h of all("h1, h2, h3, h4").filter(h => !h.closest("dialog"))) { const now = Number(h.tagName[1]); if (now > level + 1) faults.push(`h${level} is followed by ${h.outerHTML.slice(0, 60)}`); level = now; }
          for (const e of all("img")) if (!e.alt) faults.push("an image without a text");
          for (const e of all("button, a, summary")) if (!(e.getAttribute("aria-label") ?? e.textContent).trim() && !e.querySelector("img[alt]")) faults.push(`no name: ${e.outerHTML.slice(0, 60)}`);
          for (const e of all("[role=img]")) if (!e.getAttribute("aria-label")) faults.push(`no label: ${e.outerHTML.slice(0, 60)}`);
          for (const e of all(".chart")) { const figure = e.closest("figure"); if (!figure?.querySelector("figcaption")?.textContent || !figure.querySelector("details table tbody tr")) faults.push(`no table: ${e.id}`); }
          for (const e of all("input")) if (!e.closest("label")) faults.push("an input without a label");
          for (const e of all("table")) if (!e.querySelector("th[scope=col]") || !e.querySelector("th[scope=row]")) faults.push("a table without headings");
          for (const e of all("[aria-labelledby]")) if (!document.getElementById(e.getAttribute("aria-labelledby"))) faults.push(`labelled by nothing: ${e.id}`);
          const ids = all("[id]").map(e => e.id); for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) faults.push(`id twice: ${id}`);
          for (const e of all(".wide")) if (e.scrollWidth > e.clientWidth && e.tabIndex !== 0) faults.push("a scrolling part that keys cannot reach");
          return faults;
        }
        """;
}
