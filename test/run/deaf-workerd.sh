#!/bin/sh
# workerd, deaf to what a terminal tells all processes of its group at once. What is ignored stays so through exec.
trap '' INT HUP
exec "$DEAF_WORKERD" "$@"
