-- A market's version and report, and the segments that changed after the version that the reader knows.
-- KEYS  head, versions, segments
-- ARGV  version known
-- Answers version, report, then segment, bytes, ...; version 0 when there is no shelf, or not all of it.
local head = redis.call('HMGET', KEYS[1], 'version', 'report')
local version = head[1] or '0'
local answer = { version, head[2] or '' }
if tonumber(version) > tonumber(ARGV[1]) then
  local changed = redis.call('HGETALL', KEYS[2])
  for i = 1, #changed, 2 do
    if tonumber(changed[i + 1]) > tonumber(ARGV[1]) then
      local bytes = redis.call('HGET', KEYS[3], changed[i])
      if not bytes then
        return { '0', '' }
      end
      answer[#answer + 1] = changed[i]
      answer[#answer + 1] = bytes
    end
  end
end
return answer
