namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Matrix products.</summary>
internal static class MatrixRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["Gemm"] = Gemm;
        rules["MatMul"] = MatMul;
    }

    /// <summary>y = alpha A B + beta C.</summary>
    private static void Gemm(NodeGradient node)
    {
        GraphMath math = node.Math;
        bool left = node.Node.Integer("transA", 0) != 0;
        bool right = node.Node.Integer("transB", 0) != 0;
        string dy = math.Scale(node.Dy, node.Node.Real("alpha", 1));
        string a = node.Input(0);
        string b = node.Input(1);
        if (node.Wants(0)) node.Give(0, left ? Product(b, right, dy, true) : Product(dy, false, b, !right));
        if (node.Wants(1)) node.Give(1, right ? Product(dy, true, a, left) : Product(a, !left, dy, false));
        if (node.Wants(2)) node.GiveBroadcast(2, math.Scale(node.Dy, node.Node.Real("beta", 1)));

        string Product(string first, bool transposeFirst, string second, bool transposeSecond) =>
            math.Graph.Gemm(first, second, transposeLeft: transposeFirst, transposeRight: transposeSecond);
    }

    private static void MatMul(NodeGradient node)
    {
        GraphMath math = node.Math;
        int leftRank = node.RankOf(0);
        int rightRank = node.RankOf(1);

        // A vector is a matrix of one row on the left and of one column on the right.
        string left = leftRank == 1 ? math.Unsqueeze(node.Input(0), 0) : node.Input(0);
        string right = rightRank == 1 ? math.Unsqueeze(node.Input(1), 1) : node.Input(1);
        string dy = node.Dy;
        if (rightRank == 1) dy = math.Unsqueeze(dy, -1);
        if (leftRank == 1) dy = math.Unsqueeze(dy, -2);
        if (node.Wants(0))
        {
            string gradient = math.UnbroadcastBatch(math.MatMul(dy, math.SwapAxes(right, Math.Max(2, rightRank), -1, -2)), left);
            node.Give(0, leftRank == 1 ? math.Squeeze(gradient, 0) : gradient);
        }

        if (!node.Wants(1)) return;
        if (leftRank > 2 && rightRank == 2)
        {
            // One weight matrix for the whole batch: its gradient is one product over all rows, not a sum of many.
            node.Give(1, math.Graph.Gemm(Rows(left, node.Input(0)), Rows(dy, node.Y), transposeLeft: true));
            return;
        }

        string wide = math.UnbroadcastBatch(math.MatMul(math.SwapAxes(left, Math.Max(2, leftRank), -1, -2), dy), right);
        node.Give(1, rightRank == 1 ? math.Squeeze(wide, 1) : wide);

        string Rows(string tensor, string like) => math.Reshape(tensor, math.Concat(math.Integers(-1), math.Length(like, -1)));
    }

    /// <summary>Sums a product's gradient over the batch axes along which one factor was repeated.</summary>
    private static string UnbroadcastBatch(this GraphMath math, string gradient, string factor) => math.Unbroadcast(gradient, gradient, factor);
}
