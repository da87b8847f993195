-- wrk prints the 50th, 75th, 90th and 99th percentile only
done = function(summary, latency, requests)
  io.write(string.format("95%% %.3fms\n", latency:percentile(95) / 1000))
end
