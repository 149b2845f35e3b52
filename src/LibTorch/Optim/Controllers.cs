namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>What a learning-rate scheduler sees of a parameter group.</summary>
        public interface ILearningRateController
        {
            /// <summary>The rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The rate that the group started with: most schedules are multiples of it.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Something with a momentum, which a scheduler may cycle against the learning rate.</summary>
        public interface IMomentum
        {
            /// <summary>The share of the last update that is kept, in [0, 1).</summary>
            double Momentum { get; set; }
        }

        /// <summary>Something with Adam's two decay rates; a scheduler may cycle the first as a momentum.</summary>
        public interface IBetas
        {
            /// <summary>The decay rates of the gradient's mean and of its square's, each in [0, 1).</summary>
            (double, double) Betas { get; set; }
        }
    }
}
