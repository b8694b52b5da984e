using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Numerics.Neighbours;

/// <summary>One tile of products, scanned in lanes. Most lanes hold no pair that matters and cost one comparison.</summary>
internal readonly ref struct CrossTile
{
    private readonly CrossPass _pass;
    private readonly ReferenceSide _references;
    private readonly CandidateSide _candidates;
    private readonly CentredRows _reference;
    private readonly CentredRows _candidate;
    private readonly int _columnStart;

    public CrossTile(CrossPass pass, ReferenceSide references, CandidateSide candidates, int columnStart)
    {
        _pass = pass;
        _references = references;
        _candidates = candidates;
        _reference = pass.Reference;
        _candidate = pass.Candidate;
        _columnStart = columnStart;
    }

    public void Scan(TileScratch scratch)
    {
        for (int i = 0; i < _references.Count; i++)
        {
            ReadOnlySpan<float> row = scratch.Row(i);
            if (_pass.Realism is null) ScanRow(i, row);
            else ScanRowWithRealism(i, row, _pass.Realism.Scaled[_references.Start + i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScanRow(int i, ReadOnlySpan<float> products)
    {
        ref float product = ref MemoryMarshal.GetReference(products);
        ref float norm = ref _candidate.SquaredNorms[_columnStart];
        ref float limit = ref Limits(i)[_columnStart];
        Vector256<float> own = Vector256.Create(_reference.SquaredNorms[_references.Start + i]), two = Vector256.Create(2f);
        Vector256<float> low = Vector256.Create(1 - _pass.Space.Margin.Relative), rowLimit = Vector256.Create(RowLimit(i));
        for (int j = 0; j < products.Length; j += CentredRows.Lanes)
        {
            Vector256<float> sum = own + Vector256.LoadUnsafe(ref norm, (nuint)j);
            Vector256<float> lower = (low * sum) - (two * Vector256.LoadUnsafe(ref product, (nuint)j));
            Vector256<float> most = Vector256.Max(rowLimit, Vector256.LoadUnsafe(ref limit, (nuint)j));
            if (Vector256.LessThanOrEqualAny(lower, most))
            {
                Visit(i, j, products);
                rowLimit = Vector256.Create(RowLimit(i));
                limit = ref Limits(i)[_columnStart];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScanRowWithRealism(int i, ReadOnlySpan<float> products, float realismRadius)
    {
        ref float product = ref MemoryMarshal.GetReference(products);
        ref float norm = ref _candidate.SquaredNorms[_columnStart];
        ref float limit = ref Limits(i)[_columnStart];
        ref float bar = ref _candidates.RealismBar[_columnStart];
        Vector256<float> own = Vector256.Create(_reference.SquaredNorms[_references.Start + i]), two = Vector256.Create(2f);
        Vector256<float> low = Vector256.Create(1 - _pass.Space.Margin.Relative), rowLimit = Vector256.Create(RowLimit(i));
        Vector256<float> radius = Vector256.Create(realismRadius);
        for (int j = 0; j < products.Length; j += CentredRows.Lanes)
        {
            Vector256<float> sum = own + Vector256.LoadUnsafe(ref norm, (nuint)j);
            Vector256<float> lower = (low * sum) - (two * Vector256.LoadUnsafe(ref product, (nuint)j));
            Vector256<float> most = Vector256.Max(rowLimit, Vector256.LoadUnsafe(ref limit, (nuint)j));
            Vector256<float> hits = Vector256.LessThanOrEqual(lower, most) | Vector256.LessThan(lower * Vector256.LoadUnsafe(ref bar, (nuint)j), radius);
            if (hits != Vector256<float>.Zero)
            {
                Visit(i, j, products);
                rowLimit = Vector256.Create(RowLimit(i));
                limit = ref Limits(i)[_columnStart];
            }
        }
    }

    // Once every rule knows that a candidate ball holds the row, those balls need not be looked at any more.
    private float[] Limits(int i) => _references.IsHeldByAll(i) ? _candidates.NearestLimit : _candidates.Limit;

    private float RowLimit(int i) => Math.Max(_pass.LargestReferenceBall[_references.Start + i], _references.NearestLimit[i]) + _pass.Space.Margin.Absolute;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Visit(int i, int j, ReadOnlySpan<float> products)
    {
        int row = _references.Start + i, column = _columnStart + j;
        RoundingMargin margin = _pass.Space.Margin;
        Vector256<float> sum = Vector256.Create(_reference.SquaredNorms[row]) + Vector256.LoadUnsafe(ref _candidate.SquaredNorms[column]);
        Vector256<float> estimate = sum - (Vector256.Create(2f) * Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(products), (nuint)j));
        Vector256<float> error = (Vector256.Create(margin.Relative) * sum) + Vector256.Create(margin.Absolute);
        Vector256<float> lower = estimate - error, upper = estimate + error;
        LaneDistances distances = new(_reference.Original(row), _candidate, column);
        for (int r = 0; r < _pass.ReferenceBalls.Length; r++)
        {
            InReferenceBall(r, i, column, lower, upper, ref distances);
        }

        for (int r = 0; r < _pass.CandidateBalls.Length; r++)
        {
            InCandidateBall(r, i, column, lower, upper, ref distances);
        }

        OfferNearest(i, column, lower, ref distances);
        if (_pass.Realism is { } realism && realism.Counts[row])
        {
            Vector256<float> bar = Vector256.LoadUnsafe(ref _candidates.RealismBar[column]);
            for (uint hits = Vector256.LessThan(lower * bar, Vector256.Create(realism.Scaled[row])).ExtractMostSignificantBits(); hits != 0; hits &= hits - 1)
            {
                int lane = BitOperations.TrailingZeroCount(hits);
                double ratio = realism.Ratio(row, distances.At(lane));
                if (ratio > _candidates.Realism[column + lane])
                {
                    _candidates.Realism[column + lane] = ratio;
                    _candidates.RealismBar[column + lane] = realism.Bar(ratio);
                }
            }
        }
    }

    private void InReferenceBall(int rule, int i, int column, Vector256<float> lower, Vector256<float> upper, ref LaneDistances distances)
    {
        BallSet balls = _pass.ReferenceBalls[rule];
        int row = _references.Start + i;
        Vector256<float> radius = Vector256.Create(balls.Scaled[row]);
        Vector256<float> inside = Vector256.LessThan(upper, radius);
        uint unsure = Vector256.AndNot(Vector256.LessThanOrEqual(lower, radius), inside).ExtractMostSignificantBits();
        for (; unsure != 0; unsure &= unsure - 1)
        {
            int lane = BitOperations.TrailingZeroCount(unsure);
            if (balls.Holds(row, distances.At(lane)))
            {
                inside = inside.WithElement(lane, BitConverter.Int32BitsToSingle(-1));
            }
        }

        if (inside.ExtractMostSignificantBits() == 0)
        {
            return;
        }

        Vector256<int> mask = inside.AsInt32();
        ref int count = ref _candidates.Balls[rule][column];
        (Vector256.LoadUnsafe(ref count) + (mask & Vector256.Create(_reference.Weights[row]))).StoreUnsafe(ref count);
        _references.InBall[rule][i] += Vector256.Sum(mask & Vector256.LoadUnsafe(ref _candidate.Weights[column]));
        if (_candidates.Ids is not null)
        {
            Name(rule, i, column, inside.ExtractMostSignificantBits());
        }

        if (balls.Rank is { } ranks)
        {
            ref int best = ref _candidates.BestRank[rule][column];
            Vector256<int> known = Vector256.LoadUnsafe(ref best);
            Vector256.ConditionalSelect(mask, Vector256.Min(known, Vector256.Create(ranks[row])), known).StoreUnsafe(ref best);
        }
    }

    private void InCandidateBall(int rule, int i, int column, Vector256<float> lower, Vector256<float> upper, ref LaneDistances distances)
    {
        ref int holders = ref _references.Holders[rule][i];
        int enough = _references.EnoughHolders;
        if (holders >= enough)
        {
            return;
        }

        BallSet balls = _pass.CandidateBalls[rule];
        Vector256<float> radius = Vector256.LoadUnsafe(ref balls.Scaled[column]);
        uint inside = Vector256.LessThan(upper, radius).ExtractMostSignificantBits();
        for (uint hits = inside; hits != 0 && holders < enough; hits &= hits - 1)
        {
            Hold(rule, i, column + BitOperations.TrailingZeroCount(hits), ref holders);
        }

        for (uint unsure = Vector256.LessThanOrEqual(lower, radius).ExtractMostSignificantBits() & ~inside; unsure != 0 && holders < enough; unsure &= unsure - 1)
        {
            int lane = BitOperations.TrailingZeroCount(unsure);
            if (balls.Holds(column + lane, distances.At(lane)))
            {
                Hold(rule, i, column + lane, ref holders);
            }
        }
    }

    private void Hold(int rule, int i, int column, ref int holders)
    {
        holders += _candidate.Weights[column];
        _references.HolderIds?[rule].Add(i, column);
    }

    private void Name(int rule, int i, int column, uint inside)
    {
        for (; inside != 0; inside &= inside - 1)
        {
            int lane = BitOperations.TrailingZeroCount(inside);

            // Lanes beyond the last row have no weight and are nobody.
            if (_candidate.Weights[column + lane] > 0)
            {
                _candidates.Ids![rule].Add(column + lane, _references.Start + i);
                _references.Ids![rule].Add(i, column + lane);
            }
        }
    }

    private void OfferNearest(int i, int column, Vector256<float> lower, ref LaneDistances distances)
    {
        int row = _references.Start + i;
        double scale = _pass.Reference.Scale * _pass.Reference.Scale;
        if (_references.Nearest is { } nearestCandidate)
        {
            for (uint hits = Vector256.LessThanOrEqual(lower, Vector256.Create(_references.NearestLimit[i])).ExtractMostSignificantBits(); hits != 0; hits &= hits - 1)
            {
                int lane = BitOperations.TrailingZeroCount(hits);
                double distance = distances.At(lane);
                if (nearestCandidate.Offer(i, distance, column + lane, _candidate))
                {
                    _references.NearestLimit[i] = Above(distance * scale);
                }
            }
        }

        if (_candidates.Nearest is { } nearestReference)
        {
            Vector256<float> limits = Vector256.LoadUnsafe(ref _candidates.NearestLimit[column]);
            for (uint hits = Vector256.LessThanOrEqual(lower, limits).ExtractMostSignificantBits(); hits != 0; hits &= hits - 1)
            {
                int lane = BitOperations.TrailingZeroCount(hits);
                double distance = distances.At(lane);
                if (nearestReference.Offer(column + lane, distance, row, _reference))
                {
                    float limit = Above(distance * scale);
                    _candidates.NearestLimit[column + lane] = limit;
                    _candidates.Limit[column + lane] = Math.Max(limit, _pass.LargestCandidateBall[column + lane]);
                }
            }
        }
    }

    private static float Above(double value) => ((float)value * (1 + 1e-6f)) + 1e-30f;

    /// <summary>Exact squared distances of one reference row to the candidates of one vector, each measured at most once.</summary>
    private ref struct LaneDistances(ReadOnlySpan<float> row, CentredRows columns, int first)
    {
        private readonly ReadOnlySpan<float> _row = row;
        private Known _values;
        private byte _known;

        public double At(int lane)
        {
            if ((_known & (1 << lane)) == 0)
            {
                _values[lane] = RowKernels.SquaredDistance(_row, columns.Original(first + lane));
                _known |= (byte)(1 << lane);
            }

            return _values[lane];
        }

        [InlineArray(CentredRows.Lanes)]
        private struct Known
        {
            private double _first;
        }
    }
}
