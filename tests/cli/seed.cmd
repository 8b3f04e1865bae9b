a=$(echo 'Math.random()' | cloche run - --seed 7); b=$(echo 'Math.random()' | cloche run - --seed 7); c=$(echo 'Math.random()' | cloche run - --seed 8); [ $a = $b ] && [ $a != $c ] && echo same
