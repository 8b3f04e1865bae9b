cloche version | sed -E 's/[0-9a-f]{64}/ID/; s/js .*/js VERSION/; s/access [a-z0-9]+, dirty pages by [a-z_]+/access, pages/'; [ "$(cloche --version)" = "$(cloche version)" ]
