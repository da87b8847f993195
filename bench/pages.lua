-- Asks for one page, or, given the highest number, for pages of one kind at random.
-- wrk prints the 50th, 75th, 90th and 99th percentile only.
local last

init = function(args)
  last = tonumber(args[1])
  math.randomseed(1)
end

request = function()
  if last then
    return wrk.format("GET", wrk.path .. math.random(last))
  end
  return wrk.format("GET")
end

done = function(summary, latency, requests)
  io.write(string.format("95%% %.3fms\n", latency:percentile(95) / 1000))
end
