"""Speed, memory and a hard kill, measured on a real server process beside a plain baseline. `./run bench`."""
