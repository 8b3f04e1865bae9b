tools.up();
for (;;) ;
