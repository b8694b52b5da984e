namespace QualityGate.Reports.Html;

/// <summary>One part of the page. A new one is one file and one line in <see cref="HtmlReport"/>.</summary>
internal interface IPageSection
{
    /// <summary>Id of its element, which the contents link to.</summary>
    string Id { get; }

    /// <summary>Its heading.</summary>
    PageText Title { get; }

    /// <summary>Writes what comes below the heading; nothing when there is nothing to show, and the section is left out.</summary>
    void Write(Page page, HtmlWriter html);
}
