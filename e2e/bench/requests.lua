-- Sends the requests of a file, one a line: method, path, token, body. Each
-- thread takes every n-th line.
-- Arguments: the file, "once" (each line once) or "again", the number of threads.
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long s; long ns; } instant; int clock_gettime(int clock, instant *at); ]]
local at = ffi.new("instant")
local function now()
    ffi.C.clock_gettime(1, at)
    return tonumber(at.s) + tonumber(at.ns) / 1e9
end

local threads = {}
function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

local lines, position, again, sent = {}, 0, false, 0
statuses, first, last = {}, 0, 0

function init(args)
    again = args[2] == "again"
    local count, n = tonumber(args[3]), 0
    for line in io.lines(args[1]) do
        if n % count == number then
            local fields = {}
            for field in (line .. "\t"):gmatch("([^\t]*)\t") do table.insert(fields, field) end
            table.insert(lines, fields)
        end
        n = n + 1
    end
end

function request()
    if first == 0 then first = now() end
    position = position + 1
    if position > #lines then position = 1 end
    local method, path, token, body = unpack(lines[position])
    local headers = { ["Authorization"] = "Bearer " .. token, ["Accept"] = "application/json" }
    if method == "POST" then
        sent = sent + 1
        headers["Content-Type"] = "application/json"
        headers["Idempotency-Key"] = string.format("%d-%d-%f", number, sent, now())
    end
    return wrk.format(method, path, headers, body ~= "" and body or nil)
end

local answered = 0
function response(status)
    answered = answered + 1
    statuses[status] = (statuses[status] or 0) + 1
    last = now()
    -- What other connections sent beyond the last line is an extra request of few.
    if not again and answered >= #lines then wrk.thread:stop() end
end

function done(summary, latency)
    local all, begin, finish = {}, math.huge, 0
    for _, thread in ipairs(threads) do
        for status, count in pairs(thread:get("statuses")) do all[status] = (all[status] or 0) + count end
        begin, finish = math.min(begin, thread:get("first")), math.max(finish, thread:get("last"))
    end
    local counts = {}
    for status, count in pairs(all) do table.insert(counts, string.format('"%d":%d', status, count)) end
    local errors = summary.errors
    io.write(string.format('\n{"statuses":{%s},"seconds":%f,"p50":%f,"p99":%f,"max":%f,"errors":%d}\n',
        table.concat(counts, ","), finish - begin, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        latency.max / 1000, errors.connect + errors.read + errors.write + errors.timeout))
end
