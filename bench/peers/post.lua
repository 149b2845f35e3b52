-- Posts the file that the environment names. wrk counts what it posts; this counts what was not answered with 200.
local file = assert(io.open(os.getenv("POST_FILE"), "rb"))
wrk.method = "POST"
wrk.headers["Content-Type"] = "image/png"
wrk.body = file:read("*a")
file:close()

function done(summary, latency)
    io.write(string.format(
        "result %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
