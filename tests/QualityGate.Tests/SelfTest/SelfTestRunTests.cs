using System.Globalization;
using System.Text.Json;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.SelfTest;
using QualityGate.Tests.Numerics;
using QualityGate.Tool.Commands;

namespace QualityGate.Tests.SelfTest;

public sealed class SelfTestRunTests
{
    [Fact]
    public void The_engine_reproduces_every_golden_number()
    {
        using MatrixEngine engine = new();
        IReadOnlyList<SelfTestItem> items = SelfTestRun.Run(engine, CancellationToken.None);
        Assert.All(items, i => Assert.True(i.IsReproduced, i.ToString()));
        Assert.True(items.Count >= 74);
        Assert.Equal(items.Count, items.Select(i => i.Name).Distinct().Count());
    }

    [Fact]
    public void An_engine_that_multiplies_wrongly_is_found_out()
    {
        IReadOnlyList<SelfTestItem> items = SelfTestRun.Run(new Careless(), CancellationToken.None);
        string[] failed = [.. items.Where(i => !i.IsReproduced).Select(i => i.Name.Split(' ')[0]).Distinct()];
        Assert.Contains("fid", failed);
        Assert.Contains("kid", failed);
    }

    [Fact]
    public void The_table_says_which_number_was_not_reproduced()
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        SelfTestItem[] items = [new("a", 2, 2, 1e-9, null), new("b", 2, 2.5, 1e-9, null), new("c", 0, null, 1e-9, "there is no metric c")];
        SelfTestCommand.Write(items, asJson: false, text);
        Assert.Equal(
            "item  expected  got                   difference\n"
            + "a     2         2                     0.0e0       ok\n"
            + "b     2         2.5                   2.5e-1      FAILED\n"
            + "c     0         there is no metric c              FAILED\n"
            + "1 of 3 golden values reproduced\n",
            text.ToString());
    }

    [Fact]
    public void The_JSON_form_says_the_same()
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        SelfTestCommand.Write([new("a", 2, 2, 1e-9, null), new("b", 2, double.NaN, 1e-9, null)], asJson: true, text);
        using JsonDocument json = JsonDocument.Parse(text.ToString());
        Assert.Equal("qualitygate.selftest/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal((1, 2), (json.RootElement.GetProperty("reproduced").GetInt32(), json.RootElement.GetProperty("total").GetInt32()));
        Assert.Equal([true, false], json.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("reproduced").GetBoolean()));
    }

    /// <summary>Rounds float64 products to float32.</summary>
    private sealed class Careless : IMatrixProducts
    {
        private readonly PlainProducts _plain = new();

        public void MultiplyTransposed(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int m, int n, int k) =>
            _plain.MultiplyTransposed(left, right, product, m, n, k);

        public void MultiplyTransposed(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int m, int n, int k)
        {
            _plain.MultiplyTransposed(left, right, product, m, n, k);
            Round(product);
        }

        public void TransposedMultiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int n, int d, int e)
        {
            _plain.TransposedMultiply(left, right, product, n, d, e);
            Round(product);
        }

        private static void Round(Span<double> values)
        {
            foreach (ref double value in values)
            {
                value = (float)value;
            }
        }
    }
}
