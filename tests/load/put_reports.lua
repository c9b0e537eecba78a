-- wrk -t2 -c64 -d15s -s tests/load/put_reports.lua http://127.0.0.1:8080/api/v1
--
-- Sends new reports as fast as they are taken, each under an id of its own, from one device. Start the server with
-- `--device-work off`, which lifts the limits on how much one device may send.

local threads = 0

function setup(thread)
   threads = threads + 1
   thread:set("number", threads)
end

function init()
   math.randomseed(os.time() * 16 + number)
   token = nil
   -- A thousand ids a millisecond are enough for a benchmark: the time moves on by itself.
   sent = 0
   started = os.time() * 1000 - 60 * 60 * 1000
end

local function id()
   sent = sent + 1
   local time = started + sent
   return string.format("%08x-%04x-7%03x-8%03x-%04x%08x", math.floor(time / 65536) % 4294967296, time % 65536,
      math.random(0, 4095), number, math.random(0, 65535), math.random(0, 2147483647))
end

function request()
   if not token then
      return wrk.format("POST", "/api/v1/devices", { ["Content-Type"] = "application/json" }, "{}")
   end
   local lat, lng = -6.98 + math.random() * 0.15, 107.54 + math.random() * 0.2
   local body = string.format(
      '{"category":"road","description":"Lubang besar nomor %d di depan pasar.","lat":%.6f,"lng":%.6f}', sent, lat, lng)
   local headers = { ["Content-Type"] = "application/json", Authorization = "Bearer " .. token }
   return wrk.format("PUT", "/api/v1/reports/" .. id(), headers, body)
end

function response(status, _, body)
   if not token and status == 201 then
      token = body:match('"token":"([^"]+)"')
   end
end

-- What was refused would look like a fast server.
function done(summary)
   io.write(string.format("refused or broken: %d of %d\n", summary.errors.status + summary.errors.read
      + summary.errors.write + summary.errors.timeout, summary.requests))
end
