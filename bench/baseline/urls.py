"""A first page, a paged list, and one thing with its lines: query and template, nothing else."""

from django.shortcuts import get_object_or_404, render
from django.urls import path

from bench.baseline.models import Thing

PAGE = 25


def first(request):
    return render(request, "plain/first.html")


def listing(request):
    start = (int(request.GET.get("page", 1)) - 1) * PAGE
    rows = list(Thing.objects.filter(state="open").order_by("due", "pk")[start : start + PAGE + 1])
    return render(request, "plain/listing.html", {"rows": rows[:PAGE], "more": len(rows) > PAGE})


def one(request, pk):
    thing = get_object_or_404(Thing, pk=pk)
    return render(request, "plain/one.html", {"thing": thing, "lines": thing.lines.order_by("due")})


urlpatterns = [path("", first), path("things/", listing), path("things/<int:pk>/", one)]
