-- create_database(): ours, in a new cluster.
create database pleiade template template0
