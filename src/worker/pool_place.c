/* Who goes where: trust domains, the choice of a worker for a cell, and how many workers there are.
 *
 * A cell gets a worker with its first request and keeps it; a worker gets a domain with its first cell and keeps it. Of two
 * that fit the one with fewer runs is taken; one that is idle before a new one, a new one before one that is busy. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pool.h"

#define SPARES_LATER_NS (50 * CL_POOL_MS) /* a program that runs one thing and ends need not pay for another spare */

/* ---- domains */

cl_domain *cl_domain_hold(cl_pool *pool, const char *name) {
  if (pool->options.share) name = NULL;
  for (cl_domain *domain = pool->domains; domain; domain = domain->next) {
    if (name ? !domain->name || strcmp(domain->name, name) != 0 : domain->name != NULL) continue;
    domain->cells++;
    domain->empty_since = CL_POOL_NEVER;
    return domain;
  }
  cl_domain *domain = calloc(1, sizeof *domain);
  if (domain && name) domain->name = strdup(name);
  if (!domain || (name && !domain->name)) {
    free(domain);
    return NULL;
  }
  domain->cells = 1;
  domain->empty_since = CL_POOL_NEVER;
  domain->next = pool->domains;
  pool->domains = domain;
  return domain;
}

void cl_domain_drop(cl_pool *pool, cl_domain *domain) {
  (void)pool;
  if (domain && --domain->cells == 0) domain->empty_since = cl_pool_now();
}

static void free_empty_domains(cl_pool *pool) {
  for (cl_domain **at = &pool->domains; *at;) {
    cl_domain *domain = *at;
    if (domain->cells > 0 || domain->crews > 0) {
      at = &domain->next;
      continue;
    }
    *at = domain->next;
    free(domain->name);
    free(domain);
  }
}

/* ---- images */

static int image_file(const uint8_t *bytes, size_t len) {
  int fd = memfd_create("cloche-image", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) return -1;
  size_t at = 0;
  while (at < len) {
    ssize_t n = write(fd, bytes + at, len - at);
    if (n <= 0) break;
    at += (size_t)n;
  }
  if (at == len && fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0) return fd;
  close(fd);
  return -1;
}

cloche_status cl_far_image_hold(cl_far_image **out, cl_pool *pool, const cloche_engine *engine, cloche_error *err) {
  cloche_engine_info info = cloche_engine_describe(engine);
  for (cl_far_image *image = pool->images; image; image = image->next) {
    if (strcmp(image->id, info.image_id) != 0) continue;
    image->holders++;
    *out = image;
    return CLOCHE_OK;
  }
  uint8_t *bytes;
  size_t len;
  CL_POOL_TRY(cloche_engine_image(engine, &bytes, &len, err));
  cl_far_image *image = calloc(1, sizeof *image);
  if (image) image->fd = image_file(bytes, len);
  free(bytes);
  if (!image || image->fd < 0) {
    free(image);
    CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for an image's file");
  }
  memcpy(image->id, info.image_id, sizeof image->id - 1);
  image->holders = 1;
  image->next = pool->images;
  pool->images = image;
  *out = image;
  return CLOCHE_OK;
}

void cl_far_image_drop(cl_pool *pool, cl_far_image *image) {
  if (!image || --image->holders > 0) return;
  cl_far_image **at = &pool->images;
  while (*at != image) at = &(*at)->next;
  *at = image->next;
  close(image->fd);
  free(image);
}

void cl_far_mounts_drop(cl_far_mounts *mounts) {
  if (!mounts || --mounts->holders > 0) return;
  for (size_t i = 0; i < mounts->count; i++) {
    close(mounts->fds[i]);
    free((void *)(uintptr_t)mounts->list[i].path);
  }
  free(mounts);
}

/* ---- the choice */

static bool is_better(const cl_crew *a, const cl_crew *b) {
  if (!b || a->run_count != b->run_count) return !b || a->run_count < b->run_count;
  return a->cell_count < b->cell_count;
}

/* Of the domain's workers that fit, the one with the least to do. */
static cl_crew *best_of_domain(const cl_far *far, size_t *count) {
  cl_crew *best = NULL;
  *count = 0;
  for (size_t i = 0; i < far->pool->crew_count; i++) {
    cl_crew *crew = far->pool->crews[i];
    bool open = crew->state == CL_CREW_SERVING || crew->state == CL_CREW_STARTING;
    if (!open || crew->domain != far->domain || cl_crew_engine(crew, far) < 0) continue;
    ++*count;
    if (is_better(crew, best)) best = crew;
  }
  return best;
}

static cl_crew *spare_for(const cl_far *far) {
  cl_crew *found = NULL;
  for (size_t i = 0; i < far->pool->crew_count; i++) {
    cl_crew *crew = far->pool->crews[i];
    bool open = crew->state == CL_CREW_SPARE || crew->state == CL_CREW_STARTING;
    if (!open || crew->domain || cl_crew_engine(crew, far) < 0) continue;
    if (crew->ready) return crew;
    found = crew;
  }
  return found;
}

/* Makes room for a worker by ending one that nobody uses: of a domain without cells, or a spare that does not fit. */
static bool make_room(cl_pool *pool) {
  for (size_t i = 0; i < pool->crew_count; i++) {
    cl_crew *crew = pool->crews[i];
    bool idle = crew->cell_count == 0 && (!crew->domain || crew->domain->cells == 0);
    if (crew->state == CL_CREW_ENDED || !idle) continue;
    crew->refused = true;
    cl_crew_end(crew, CLOCHE_WORKER_CRASHED);
    return true;
  }
  return false;
}

static cl_crew *fresh_for(cl_far *far, cloche_error *err) {
  cl_crew *crew = spare_for(far);
  if (!crew) crew = cl_crew_start(far->pool, far, err);
  if (!crew && err->status == CLOCHE_BUSY && make_room(far->pool)) crew = cl_crew_start(far->pool, far, err);
  return crew;
}

void cl_far_join(cl_far *far, cl_crew *crew) {
  cl_pool *pool = far->pool;
  if (!crew->domain) {
    crew->domain = far->domain;
    crew->domain->crews++;
    if (crew->ready) crew->state = CL_CREW_SERVING;
    uint64_t at = cl_pool_now() + SPARES_LATER_NS;
    if (at < pool->spares_at) pool->spares_at = at;
  }
  far->crew = crew;
  far->prev = NULL;
  far->next = crew->cells;
  if (crew->cells) crew->cells->prev = far;
  crew->cells = far;
  crew->cell_count++;
}

cloche_status cl_far_place(cl_far *far, cloche_error *err) {
  if (far->crew) return CLOCHE_OK;
  cl_pool *pool = far->pool;
  if (pool->no_start.status != CLOCHE_OK) return cl_pool_fail(err, pool->no_start.status, "%s", pool->no_start.message);
  cloche_error why = CLOCHE_ERROR_INIT;
  size_t count;
  cl_crew *crew = best_of_domain(far, &count);
  if (!crew || (crew->run_count > 0 && count < pool->options.workers)) {
    cl_crew *fresh = fresh_for(far, &why);
    if (fresh) crew = fresh;
  }
  if (!crew) return cl_pool_fail(err, why.status, "%s", why.message);
  cl_far_join(far, crew);
  return CLOCHE_OK;
}

void cl_far_unlink(cl_far *far) {
  cl_crew *crew = far->crew;
  if (!crew) return;
  if (far->prev) far->prev->next = far->next;
  else crew->cells = far->next;
  if (far->next) far->next->prev = far->prev;
  crew->cell_count--;
  far->crew = NULL;
  far->next = far->prev = NULL;
  far->opened = far->context_told = false;
  far->tools_told = far->modules_told = far->files_told = far->mounts_told = 0;
}

void cl_far_leave(cl_far *far) {
  cl_crew *crew = far->crew;
  if (!crew) return;
  bool told = !far->opened || cl_far_close_there(far);
  cl_far_unlink(far);
  if (!told) cl_crew_drain(crew); /* it holds a cell that it cannot be told to forget */
}

/* ---- how many there are */

static void end_quietly(cl_crew *crew) {
  crew->refused = true;
  cl_crew_end(crew, CLOCHE_WORKER_CRASHED);
}

static void end_unneeded(cl_pool *pool, uint64_t now) {
  for (size_t i = 0; i < pool->crew_count; i++) {
    cl_crew *crew = pool->crews[i];
    if (crew->state == CL_CREW_ENDED || crew->cell_count > 0) continue;
    const cl_domain *domain = crew->domain;
    bool lingered = domain && domain->empty_since != CL_POOL_NEVER && domain->empty_since + CL_LINGER_NS <= now;
    if (crew->mounts || crew->state == CL_CREW_DRAINING || lingered) end_quietly(crew);
  }
}

static void start_spares(cl_pool *pool, uint64_t now) {
  uint32_t spares = 0;
  for (size_t i = 0; i < pool->crew_count; i++) {
    const cl_crew *crew = pool->crews[i];
    spares += !crew->domain && (crew->state == CL_CREW_SPARE || crew->state == CL_CREW_STARTING);
  }
  pool->spares_at = CL_POOL_NEVER;
  for (cloche_error err; spares < pool->options.spares; spares++) {
    if (cl_crew_start(pool, NULL, &err)) continue;
    pool->spares_at = pool->start_at > now ? pool->start_at : now + CL_POOL_SEC;
    break;
  }
}

void cl_pool_staff(cl_pool *pool, uint64_t now) {
  end_unneeded(pool, now);
  free_empty_domains(pool);
  if (pool->spares_at <= now && pool->no_start.status == CLOCHE_OK) start_spares(pool, now);
}
