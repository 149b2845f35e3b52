using System.Text;

namespace DigitService.Cli;

/// <summary>Writes lines without the spaces at their ends with which tables fill them up.</summary>
internal sealed class TrimmingWriter(TextWriter target) : TextWriter
{
    private int _spaces;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _spaces++;
            return;
        }

        if (value is not ('\n' or '\r'))
        {
            target.Write(new string(' ', _spaces));
        }

        _spaces = 0;
        target.Write(value);
    }

    public override void Flush() => target.Flush();
}
